/**
 * The scenario file: its shape, as zod sees it. What fields mean together is checked in
 * `check.ts`. The published JSON Schema, which editors follow, is generated from this.
 */
import { z } from 'zod'
import { capabilityNames } from '../host/capabilities.ts'

/** IFNAMSIZ - 1: the kernel's limit for a device's name (include/uapi/linux/if.h). */
export const deviceNameLimit = 15

const deviceName = z
  .string()
  .regex(/^[^\s/:]+$/, 'a device name without spaces, "/" or ":"')
  .refine((name) => name.length <= deviceNameLimit, {
    error: `a device name of at most ${deviceNameLimit} characters, the kernel's limit`,
  })
  .refine((name) => name !== '.' && name !== '..' && name !== 'lo', {
    error: 'a device name other than this',
  })

const plainName = z
  .string()
  .max(40, 'a name of at most 40 characters')
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'a name of lower-case letters, digits and "-"')

const port = z.int('a port, 1 to 65535').min(1, 'a port, 1 to 65535').max(65535, 'a port, 1 to 65535')
const ipAddress = z.union([z.ipv4(), z.ipv6()], { error: 'an IP address' })
const prefix = z.union([z.cidrv4(), z.cidrv6()], {
  error: 'an IP address with its prefix length, as in 10.10.2.11/24',
})
const macAddress = z.mac({ error: 'a MAC address, as in 02:00:00:00:00:01' })
const line = z
  .string()
  .min(1, 'a text')
  .regex(/^[^\n]*$/, 'a single line')

const route = z.strictObject({
  to: z.union([prefix, z.literal('default')], { error: 'a prefix, as in 10.10.3.0/24, or "default"' }),
  via: ipAddress.optional(),
  device: deviceName.optional(),
})

const neighbour = z.strictObject({ address: ipAddress, device: deviceName, mac: macAddress })

const sysctls = z.record(
  // No `..`: a name with slashes would lead out of net/, to sysctls that the whole machine shares.
  z.string().regex(/^net[./](?!.*\.\.)[\w./@:-]+$/, 'a sysctl under "net."'),
  z.union([z.int(), z.string()], { error: 'a number or a text' }),
)

const namespace = z.strictObject({
  routes: z.array(route).default([]).describe('Routes beside those of the addresses themselves.'),
  neighbours: z.array(neighbour).default([]).describe('Permanent neighbour entries.'),
  sysctls: sysctls.default({}).describe('Sysctls under net., set in this namespace only.'),
})

const linkEnd = z.strictObject({
  namespace: plainName,
  device: deviceName,
  mac: macAddress.optional(),
  addresses: z.array(prefix).default([]),
})

const link = z
  .array(linkEnd)
  .length(2, 'two ends')
  .transform((ends) => ends as [LinkEnd, LinkEnd])
  .describe('A veth pair: its two ends.')

const topology = z.strictObject({
  namespaces: z.record(plainName, namespace).describe('Network namespaces by name.'),
  links: z.record(plainName, link).describe('veth pairs by name.'),
})

const payloadBytes = z
  .int('a payload of 32 to 1472 bytes')
  .min(32, 'a payload of at least 32 bytes, which hold the measurement header')
  .max(1472, 'a payload of at most 1472 bytes, one Ethernet frame')
const packets = z
  .int('1 to 1000000 packets')
  .min(1, '1 to 1000000 packets')
  .max(1_000_000, '1 to 1000000 packets')
const ratePps = z
  .number('1 to 1000000 packets a second')
  .min(1, '1 to 1000000 packets a second')
  .max(1_000_000, '1 to 1000000 packets a second')

const trial = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('flood').describe('As fast as accepted: throughput and cost.'),
      packets: packets.default(800),
      payloadBytes: payloadBytes.default(64),
    }),
    z.strictObject({
      kind: z.literal('pingpong').describe('One packet in flight: round-trip time, and each way.'),
      packets: packets.default(250),
      payloadBytes: payloadBytes.default(64),
    }),
    z.strictObject({
      kind: z.literal('paced').describe('A fixed schedule: latency under load.'),
      packets: packets.default(250),
      payloadBytes: payloadBytes.default(64),
      ratePps: ratePps.default(50_000),
    }),
  ],
  { error: 'a kind of trial: flood, pingpong or paced' },
)

/** A value of a map's field: a number, an address, or something looked up in the built topology. */
const fieldValue = z.union([z.int(), z.string(), z.boolean()], { error: 'a number, a text or a boolean' })
const fieldValues = z.union([fieldValue, z.record(z.string(), fieldValue)], {
  error: 'a number, a text or a boolean, or fields of these by name',
})
const mapEntry = z.strictObject({ key: fieldValues, value: fieldValues })

/** Where a program can be attached. */
export const hooks = ['tc/ingress', 'tc/egress'] as const

const program = z.strictObject({
  object: z
    .string()
    .regex(/\.bpf\.[co]$/, 'a file that ends in .bpf.c or .bpf.o')
    .describe("A BPF source or object, beside the scenario file or in pathbench's bpf/."),
  program: z.string().min(1, 'the name of a program').describe('The name of the function in the object.'),
  hook: z.enum(hooks, { error: `a hook: ${hooks.join(', ')}` }),
  namespace: plainName,
  device: deviceName,
  maps: z
    .record(z.string(), z.array(mapEntry))
    .default({})
    .describe("Entries by map and field name, written through the map's own BTF."),
})

/** Packets of a path's trials: sums of what can be counted at both ends. */
const amountWords = '0, requests, replies, or requests + replies'
const amount = z
  .union([z.literal(0), z.string().regex(/^(0|requests|replies|requests \+ replies)$/, amountWords)], {
    error: amountWords,
  })
  .transform(String)

const proof = z.union(
  [
    z.strictObject({
      counter: z
        .string()
        .describe(
          'NAMESPACE/Ip.ForwDatagrams and the like (/proc/net/snmp), or NAMESPACE/DEVICE.rxPackets, .txPackets.',
        ),
      equals: amount,
    }),
    z.strictObject({
      counter: z.string(),
      atLeast: amount,
    }),
    z.strictObject({
      program: z.string().describe('Runs of an attached program, counted while probing.'),
      atLeast: amount,
    }),
  ],
  { error: 'a counter with "equals" or "atLeast", or a program with "atLeast"' },
)

/** How a path may change the topology: a JSON merge patch (RFC 7386); null takes something away. */
const topologyPatch = z
  .record(z.string(), z.unknown())
  .describe('Changes to the topology, as a JSON merge patch (RFC 7386): null takes something away.')

const path = z.strictObject({
  role: z
    .enum(['baseline', 'candidate', 'control', 'floor'], {
      error: 'a role: baseline, candidate, control or floor',
    })
    .describe(
      'baseline: the yardstick. candidate: what is compared with it. control: the baseline built a second time. floor: what no path can beat.',
    ),
  title: line,
  skips: z.array(line).default([]).describe('The work that a packet on this path does not go through.'),
  topology: topologyPatch.default({}),
  programs: z.array(program).default([]),
  needs: z
    .array(z.enum(capabilityNames, { error: `a capability: ${capabilityNames.join(', ')}` }))
    .default([])
    .describe('Capabilities of the kernel without which the path is skipped.'),
  way: z
    .array(line)
    .default([])
    .describe(
      "A request's way: NAMESPACE (its network stack), NAMESPACE/DEVICE, or an attached program's name.",
    ),
  proof: z
    .array(proof)
    .default([])
    .describe("The kernel's own counters that show which way the packets went."),
})

export const scenarioSchema = z.strictObject({
  $schema: z.string().optional(),
  name: plainName,
  title: line,
  description: z.string().default(''),
  topology,
  client: z.strictObject({ namespace: plainName }),
  server: z.strictObject({ namespace: plainName, address: z.ipv4('an IPv4 address'), port }),
  load: z
    .array(trial)
    .min(1, 'at least one trial')
    .describe('The trials that every block gives to every path.'),
  paths: z.record(plainName, path).describe('The paths to compare, by name.'),
})

export const topologySchema = topology

type LinkEnd = z.infer<typeof linkEnd>
export type Topology = z.infer<typeof topology>
export type Hook = (typeof hooks)[number]
export type Program = z.infer<typeof program>
export type FieldValue = z.infer<typeof fieldValue>
export type ProofRule = z.infer<typeof proof>
export type LoadTrial = z.infer<typeof trial>
/** The file as parsed, before paths are resolved. */
export type ScenarioFile = z.infer<typeof scenarioSchema>
export type Role = ScenarioFile['paths'][string]['role']
