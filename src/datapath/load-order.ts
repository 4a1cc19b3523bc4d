/** What the loader is to do for a path, as data. Pure. */
import { BenchError } from '../host/errors.ts'
import { hookNamed } from '../parts/hooks/hooks.ts'
import type { ProgramTypeName } from '../parts/hooks/program-types.ts'
import { parseReference } from '../scenario/references.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Program } from '../scenario/schema.ts'
import type { LiveDevice } from '../topology/apply.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import { sandboxFolders } from '../topology/sandbox.ts'
import type { Btf } from './btf.ts'
import { encode, encodeIndex, type Resolve } from './encode.ts'
import { instancePins, instancesOf, isOf, pinsByName } from './instances.ts'
import type { BpfObjects } from './bpf-objects.ts'

/** An object to be loaded in one namespace; the order that bpfload/order.h describes. */
export interface InstanceOrder {
  readonly object: string
  readonly namespace: string | null
  readonly programPins: string
  readonly mapPins: string
  readonly pinRoot: string
  readonly programs: readonly { readonly name: string; readonly type: ProgramTypeName }[]
  readonly constants: readonly { readonly name: string; readonly bytes: string }[]
  readonly entries: readonly EntryOrder[]
}

/** An entry of a map: its value in bytes, or a program or a map by name. */
type EntryOrder = { readonly map: string; readonly key: string } & (
  { readonly value: string } | { readonly program: string } | { readonly innerMap: string }
)

/** Finds a device as built, by the scenario's names. */
export type FindDevice = (namespace: string, device: string) => LiveDevice | undefined

/**
 * The orders for a path, one an instance.
 *
 * @throws BenchError `failed` if a device is missing whose number or address a map is to hold
 */
export function loadOrders(
  path: ScenarioPath,
  objects: BpfObjects,
  fileOf: NamespaceFile,
  findDevice: FindDevice,
): InstanceOrder[] {
  return instancesOf(path.programs).map((instance, index) => {
    const object = objects.get(instance.object)
    if (object?.state !== 'ready') throw new Error(`object ${instance.object} is not ready`)
    const programs = path.programs.filter((program) => isOf(instance, program))
    const pins = instancePins(path.name, index)
    return {
      object: object.file,
      namespace: `${sandboxFolders.namespaces}/${fileOf(instance.namespace)}`,
      programPins: pins.programs,
      mapPins: pins.maps,
      pinRoot: pinsByName(path.name, instance.namespace),
      programs: programs.map(({ program, hook }) => ({
        name: program,
        type: hookNamed(hook).type.name,
      })),
      constants: programs.flatMap((program) => constantsOf(program, object.btf, findDevice)),
      entries: programs.flatMap((program) => entriesOf(program, object.btf, findDevice)),
    }
  })
}

/** Global variables, those that are written as entries of their section among them. */
function constantsOf(program: Program, btf: Btf, findDevice: FindDevice): InstanceOrder['constants'] {
  const resolve = resolver(program, findDevice)
  const sections = Object.entries(program.maps)
    .filter(([map]) => map.startsWith('.'))
    .flatMap(([, entries]) =>
      entries.flatMap(({ value }) => (typeof value === 'object' ? Object.entries(value) : [])),
    )
  return [...sections, ...Object.entries(program.constants ?? {})].map(([name, value]) => {
    const variable = btf.variables.get(name)
    if (variable === undefined) throw new Error(`variable ${name} was not checked`)
    return { name, bytes: hexadecimal(encode(btf, variable.type, value, resolve)) }
  })
}

function entriesOf(program: Program, btf: Btf, findDevice: FindDevice): EntryOrder[] {
  const resolve = resolver(program, findDevice)
  return Object.entries(program.maps)
    .filter(([map]) => !map.startsWith('.'))
    .flatMap(([map, entries]) => entries.map(({ key, value }) => entryOf(map, key, value, btf, resolve)))
}

type Values = Parameters<typeof encode>[2]

function entryOf(map: string, key: Values, value: Values, btf: Btf, resolve: Resolve): EntryOrder {
  const types = btf.maps.get(map)
  if (types !== undefined) {
    const bytes = (type: number, values: Values) => hexadecimal(encode(btf, type, values, resolve))
    return { map, key: bytes(types.key, key), value: bytes(types.value, value) }
  }
  const kind = btf.slots.get(map)
  if (kind === undefined || typeof value !== 'string') throw new Error(`map ${map} was not checked`)
  const slot = { map, key: hexadecimal(encodeIndex(key)) }
  return kind === 'program' ? { ...slot, program: value } : { ...slot, innerMap: value }
}

const hexadecimal = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

function resolver(program: Program, findDevice: FindDevice): Resolve {
  return (value) => {
    const reference = typeof value === 'string' ? parseReference(value, program.namespace) : undefined
    if (reference === undefined) return value
    const device = findDevice(reference.namespace, reference.device)
    if (device === undefined)
      throw new BenchError(`Could not find device ${reference.device} in ${reference.namespace}`, {
        trouble: 'failed',
      })
    return device[reference.what]
  }
}
