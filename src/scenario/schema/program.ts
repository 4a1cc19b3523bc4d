/** BPF programs: where they are attached, and what is written into their maps. */
import { isIPv4 } from 'node:net'
import { z } from 'zod'
import { hooks } from '../../parts/hooks/hooks.ts'
import { deviceName, plainName, whole } from '../../parts/words.ts'

/** A value of a map's field: a number, an address, or something looked up in the built topology. */
const fieldValue = z
  .union([z.int(), z.string(), z.boolean()], { error: 'a number, a text or a boolean' })
  .meta({ title: 'number, text or boolean' })
const fieldValues = z.union([fieldValue, z.record(z.string(), fieldValue)], {
  error: 'a number, a text or a boolean, or fields of these by name',
})
const mapEntry = z.strictObject({
  key: fieldValues.describe('A value, or fields of the key by name.'),
  value: fieldValues.describe(
    'A value, or fields by name; ifindex(DEVICE) and mac(NAMESPACE/DEVICE) are looked up in the built topology.',
  ),
})

const hookNames = hooks.map(({ name }) => name)

const isEndpoint = (text: string): boolean => {
  const [address = '', number] = text.split(':')
  return isIPv4(address) && Number(number) >= 1 && Number(number) <= 65535
}
const endpoint = z
  .string()
  .regex(/^\d+(\.\d+){3}:\d+$/, 'an IPv4 address and a port, as in 10.10.3.20:7000')
  .refine(isEndpoint, { error: 'an IPv4 address and a port, as in 10.10.3.20:7000' })
  .meta({ title: 'IPv4 address and port' })

/** A UDP datagram as a program meets it at its hook. */
const sampleDatagram = z
  .strictObject({
    source: endpoint.describe('Where it comes from.'),
    destination: endpoint.describe('Where it goes to.'),
    dscp: whole('a code point, 0 to 63', 0, 63).default(0).describe('The DSCP code point of its IP header.'),
  })
  .describe('A datagram that this program works on: what one run of it costs is measured with that.')

export const programSchema = z.strictObject({
  object: z
    .string()
    .regex(/\.[co]$/, 'a file that ends in .c or .o')
    .optional()
    .describe(
      "A BPF source or object, beside the scenario file or in pathbench's bpf/. Without one, the path's own setup or agent attaches the program, and it is found there.",
    ),
  program: z.string().min(1, 'the name of a program').describe('The name of the function in the object.'),
  hook: z
    .enum(hookNames, { error: `a hook: ${hookNames.join(', ')}` })
    .describe(`What the program meets. ${hooks.map(({ name, meets }) => `${name}: ${meets}.`).join(' ')}`),
  namespace: z
    .union([plainName, z.array(plainName).min(1)], { error: 'a namespace, or a list of them' })
    .describe('Where it is attached; in each of several, with maps of its own.'),
  device: deviceName.describe('The device that it is attached to.'),
  maps: z
    .record(z.string(), z.array(mapEntry))
    .default({})
    .describe("Entries by map and field name, written through the map's own BTF."),
  constants: z
    .record(z.string(), fieldValues)
    .optional()
    .describe('Values of global variables by name, written before the object is loaded.'),
  sample: sampleDatagram.optional(),
})

/** A program in one namespace. */
export type Program = Omit<z.infer<typeof programSchema>, 'namespace' | 'object'> & {
  readonly namespace: string
  readonly object: string
}
export type SampleDatagram = z.infer<typeof sampleDatagram>
export type FieldValue = z.infer<typeof fieldValue>
