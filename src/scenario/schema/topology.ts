/** Namespaces, bridges and links. */
import { z } from 'zod'
import { deviceName, ipAddress, macAddress, plainName, prefix, whole } from '../../parts/words.ts'
import { linkSchema } from './link.ts'

const route = z.strictObject({
  to: z
    .union([prefix, z.literal('default')], { error: 'a prefix, as in 10.10.3.0/24, or "default"' })
    .describe('Where it leads: a prefix, or default.'),
  via: ipAddress.optional().describe('The next router, on a link of the namespace.'),
  device: deviceName
    .optional()
    .describe('The device that it leaves by; without it, the one that leads to via.'),
})

/** Of a background: a full table of the internet has some 10^6 routes. */
const mostRoutes = 1_000_000
const mostRules = 100_000

const neighbour = z.strictObject({
  address: ipAddress.describe('Its IP address.'),
  device: deviceName.describe('The device that it is behind.'),
  mac: macAddress.describe('Its MAC address.'),
})

// A tab is how the kernel itself separates the numbers of a list.
const sysctlWord = z.union(
  [z.int(), z.string().regex(/^[^\p{Cc}]*(\t[^\p{Cc}]*)*$/u, 'a text without control characters')],
  { error: 'a number, or a text without control characters' },
)

const sysctls = z.record(
  // No `..`: a name with slashes would lead out of net/, to sysctls that the whole machine shares.
  z.string().regex(/^net[./](?!.*\.\.)[\w./@:-]+$/, 'a sysctl under "net."'),
  z.union([sysctlWord, z.array(sysctlWord).min(1)], {
    error: 'a number, a text of one line, or a list of these',
  }),
)

const reference = z
  .union(
    [
      z.strictObject({
        path: z.string().regex(/^\//, 'an absolute path').describe('Its file, as in /run/netns/a.'),
      }),
      z.strictObject({ pid: z.int().positive().describe('A process that is in it.') }),
      z.strictObject({
        container: z
          .string()
          .regex(/^[\w][\w.-]*$/, 'the name or id of a container')
          .describe('A container of Docker, Podman or containerd, by name or id.'),
      }),
    ],
    { error: 'one of path, pid or container' },
  )
  .describe('With "place: existing", or on a host of "hosts": the namespace that is meant.')

const namespace = z.strictObject({
  host: plainName
    .optional()
    .describe('The host of "hosts" that it is on; without "existing" it is made there.'),
  existing: reference.optional(),
  devices: z
    .array(deviceName)
    .optional()
    .describe(
      'With "place: existing" or "hosts": its devices that paths name, beside those of links; on hosts they are moved there.',
    ),
  routes: z.array(route).default([]).describe('Routes beside those of the addresses themselves.'),
  neighbours: z.array(neighbour).default([]).describe('Permanent neighbour entries.'),
  sysctls: sysctls.default({}).describe('Sysctls under net., set in this namespace only.'),
  loopback: z.array(prefix).default([]).describe('Addresses on lo: a virtual IP that this host answers for.'),
  background: z
    .strictObject({
      routes: whole(`0 to ${mostRoutes} routes`, 0, mostRoutes)
        .default(0)
        .describe('So many /24 prefixes, spread over all addresses, that no packet of the run goes to.'),
      rules: whole(`0 to ${mostRules} rules`, 0, mostRules)
        .default(0)
        .describe('So many rules at the forward hook that every packet is held against, and none matches.'),
    })
    .optional()
    .describe('What a machine in use has beside: it grows the tables that every packet is looked up in.'),
  nftables: z
    .string()
    .default('')
    .describe("A ruleset in nft's own language, loaded with nft -f; it includes no files."),
})

const bridge = z.strictObject({ namespace: plainName.describe('The namespace that it is in.') })

export const topologySchema = z.strictObject({
  namespaces: z.record(plainName, namespace).describe('Network namespaces by name.'),
  bridges: z.record(deviceName, bridge).default({}).describe('Linux bridges by the name of their device.'),
  links: z
    .record(plainName, linkSchema)
    .describe('Links by name: two ends, or a kind with its ends and keys of its own.'),
})

export type Topology = z.infer<typeof topologySchema>
