/** BPF programs: where they are attached, and what is written into their maps. */
import { z } from 'zod'
import { hooks, socketsOfClient } from '../../parts/hooks/hooks.ts'
import { endpointText, parseEndpoint } from '../../parts/ip-address.ts'
import { deviceName, plainName, whole } from '../../parts/words.ts'

/**
 * A single value: a number, an address, or something looked up in the built topology. Also a text that is a
 * number, as YAML's own are exact up to 2^53 only.
 */
export type FieldValue = number | string | boolean
/** A value of any type of C: also lists for arrays, and fields by name for structs and unions. */
export type Values = FieldValue | readonly Values[] | { readonly [field: string]: Values }

const wholeNumber = z.int({
  error: ({ code }) =>
    code === 'too_big' || code === 'too_small'
      ? 'a number up to 2^53; a larger one as a text in quotes, as in "0xffffffffffffffff"'
      : 'a whole number, a text, true or false, a list, or fields by name',
})
const list = z.array(z.lazy((): z.ZodType<Values> => values)).meta({ id: 'list' })
const values: z.ZodType<Values> = z
  .union([
    wholeNumber,
    z.string(),
    z.boolean(),
    list,
    z.record(
      z.string(),
      z.lazy((): z.ZodType<Values> => values),
    ),
  ])
  .meta({
    id: 'values',
    description:
      'As BTF says that the type is: a number (beyond 2^53 as a text: "0xffffffffffffffff"), true or false, the name of an enumerator, an IPv4, IPv6 or MAC address, text for an array of char, a list for an array (the rest is zero), fields by name for a struct or union, those of nameless members among them (the rest is zero). __be16, __be32 and __be64 are written in network byte order; where a program keeps that order in a plain integer: network(7000), network(10.10.3.20), and host(10.10.3.20) for an address in the order of the machine. ifindex(DEVICE) and mac(DEVICE) are looked up in what was built; of another namespace, ifindex(NAMESPACE/DEVICE).',
  })

const mapEntry = z.strictObject({
  key: values
    .optional()
    .describe(
      "By the type of the map's key. In an LPM trie, a prefix is the whole key: 10.10.0.0/16. Queues, stacks and Bloom filters have no keys: their values are pushed in the order of the list.",
    ),
  value: values.describe(
    "By the type of the map's value; in a per-CPU map it is written for every CPU. In a map of programs or of maps, the name of a program or a map of the same object. In a device map ifindex(DEVICE), or { ifindex: ifindex(DEVICE), program: NAME } with a program that runs on what is sent there; in a CPU map the length of the queue, or { qsize: 192, program: NAME }.",
  ),
})

/** The kernel counts a map's places with 32 bits; some 100 bytes each are what a machine has room for. */
const mostMapEntries = 10_000_000

const hookNames = hooks.map(({ name }) => name)

const endpointWords = 'an IP address and a port, as in 10.10.3.20:7000 or [fd00:3::20]:7000'
const endpoint = z
  .string(endpointWords)
  .regex(/^(\d+(\.\d+){3}|\[[\da-fA-F:.]+\]):\d+$/, { error: endpointWords, abort: true })
  .refine((text) => parseEndpoint(text) !== undefined, { error: endpointWords })
  .overwrite((text) => {
    const parsed = parseEndpoint(text)
    return parsed === undefined ? text : endpointText(parsed.address, parsed.port)
  })
  .meta({ title: 'IP address and port' })

/** A UDP datagram as a program meets it at its hook. */
const sampleDatagram = z
  .strictObject({
    source: endpoint.describe('Where it comes from.'),
    destination: endpoint.describe('Where it goes to.'),
    dscp: whole('a code point, 0 to 63', 0, 63).default(0).describe('The DSCP code point of its IP header.'),
  })
  .refine(({ source, destination }) => source.startsWith('[') === destination.startsWith('['), {
    error: 'source and destination of one family of addresses',
  })
  .describe('A datagram that this program works on: what one run of it costs is measured with that.')

const mapSizeWords = `1 to ${mostMapEntries} entries`
const plainMapSize = whole(mapSizeWords, 1, mostMapEntries)
/** In a file also the name of a parameter, in whose place its value is when this is read. */
const mapSize = z
  .union([plainMapSize, z.string().regex(/^\$\{\w+\}$/, { error: mapSizeWords })], { error: mapSizeWords })
  .pipe(plainMapSize)

export const programSchema = z.strictObject({
  object: z
    .string()
    .regex(/\.[co]$/, 'a file that ends in .c or .o')
    .optional()
    .describe(
      "A BPF source, compiled by clang, or an object with BTF (clang -g): beside the scenario file, in a folder bpf/ next to its own, or in pathbench's bpf/. Programs of one object in a namespace share its maps and variables. Without one, the path's own setup or agent attaches the program, and it is found there.",
    ),
  program: z
    .string()
    .min(1, 'the name of a program')
    .describe(
      'The name of the function in the object. Its section may be any of TC or XDP programs (SEC("tc"), SEC("?xdp"), SEC("tcx/ingress"), SEC("classifier")), or have a name of its own: then the hook tells the type. What else is in the object is loaded only where this program or its maps want it.',
    ),
  hook: z
    .enum(hookNames, { error: `a hook: ${hookNames.join(', ')}` })
    .describe(`What the program meets. ${hooks.map(({ name, meets }) => `${name}: ${meets}.`).join(' ')}`),
  namespace: z
    .union([plainName, z.array(plainName).min(1)], { error: 'a namespace, or a list of them' })
    .describe('Where it is attached; in each of several, with maps of its own.'),
  device: deviceName
    .default(socketsOfClient)
    .describe(
      'The device in that namespace that it is attached to. Programs at hooks cgroup/… have none: they are of the sockets that the client opens on this path, in a cgroup of its own.',
    ),
  background: z
    .record(z.string(), whole(`0 to ${mostMapEntries} entries`, 0, mostMapEntries))
    .optional()
    .describe(
      'By the name of a hash map: so many further entries, under keys of ones that count down. The map is made larger by as many.',
    ),
  mapSizes: z
    .record(z.string(), mapSize)
    .optional()
    .describe(
      'By the name of a map: how many entries it has room for, instead of as many as its object says (max_entries).',
    ),
  maps: z
    .record(z.string(), z.array(mapEntry))
    .default({})
    .describe(
      "Entries by map and field name, written through the map's own BTF before the program is attached. Queues, stacks and Bloom filters are filled in the order of the list. Maps that hold sockets, events or what belongs to tasks cannot be filled from outside.",
    ),
  constants: z
    .record(z.string(), values)
    .optional()
    .describe(
      'Values of global variables by name (.rodata, .data, .bss), of any type that a map may have, written before the object is loaded: the verifier takes constants for what they are.',
    ),
  sample: sampleDatagram.optional(),
})

/** A program in one namespace. */
export type Program = Omit<z.infer<typeof programSchema>, 'namespace' | 'object'> & {
  readonly namespace: string
  readonly object: string
}
export type SampleDatagram = z.infer<typeof sampleDatagram>
