/** What the loader is to do for a path, as data. Pure. */
import { BenchError } from '../host/errors.ts'
import { hookNamed } from '../parts/hooks/hooks.ts'
import type { ProgramTypeName } from '../parts/hooks/program-types.ts'
import { parseReference } from '../scenario/references.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Program, Values } from '../scenario/schema.ts'
import type { LiveDevice } from '../topology/apply.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import { namespacePlace } from '../topology/sandbox.ts'
import type { Btf } from './btf.ts'
import { encode, type Resolve } from './encode.ts'
import { type EncodedEntry, encodeEntry, type Entry } from './encode-entry.ts'
import { EncodeError } from './encode-error.ts'
import { instancePins, instancesOf, isOf, pinsByName } from './instances.ts'
import type { BpfObjects } from './bpf-objects.ts'
import { backgroundOf, mapSizesOf } from './map-sizes.ts'
import type { MapDeclaration } from './map-declaration.ts'

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
  /** Maps that are one in all objects with the same `pinRoot`. */
  readonly sharedMaps: readonly string[]
  /** How many entries maps have room for, by map: those that are not as their object says. */
  readonly mapSizes: Readonly<Record<string, number>>
  /** Entries that nobody looks up: how many, by map. */
  readonly background: Readonly<Record<string, number>>
}

/** An entry of a map: its value in bytes, or a program or a map by name; or bytes that end with a program. */
interface EntryOrder {
  readonly map: string
  readonly key: string
  readonly value?: string
  readonly program?: string
  readonly innerMap?: string
}

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
      namespace: namespacePlace(fileOf(instance.namespace)),
      programPins: pins.programs,
      mapPins: pins.maps,
      pinRoot: pinsByName(path.name, instance.namespace),
      programs: programs.map(({ program, hook }) => ({
        name: program,
        type: hookNamed(hook).type.name,
      })),
      constants: programs.flatMap((program) => constantsOf(program, object.btf, findDevice)),
      entries: programs.flatMap((program) => entriesOf(program, object.btf, findDevice)),
      sharedMaps: path.sharedMaps.filter((name) => object.btf.maps.has(name)),
      mapSizes: mapSizesOf(programs),
      background: backgroundOf(programs),
    }
  })
}

/** Global variables, those that are written as entries of their section among them. */
function constantsOf(program: Program, btf: Btf, findDevice: FindDevice): InstanceOrder['constants'] {
  const resolve = resolver(program, findDevice)
  const sections = Object.entries(program.maps)
    .filter(([map]) => map.startsWith('.'))
    .flatMap(([, entries]) =>
      entries.flatMap(({ value }) => (typeof value === 'object' ? Object.entries<Values>(value) : [])),
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
    .flatMap(([map, entries]) => entries.map((entry) => entryOf(map, entry, btf, resolve)))
}

function entryOf(map: string, entry: Entry, btf: Btf, resolve: Resolve): EntryOrder {
  const declaration = btf.maps.get(map)
  if (declaration === undefined) throw new Error(`map ${map} was not checked`)
  const { key, value, ...rest } = encodedEntry(map, declaration, entry, btf, resolve)
  return {
    map,
    key: hexadecimal(key),
    ...(value === undefined ? {} : { value: hexadecimal(value) }),
    ...rest,
  }
}

/** What is looked up in the topology may not fit, such as the number of a device a map's places. */
function encodedEntry(
  map: string,
  declaration: MapDeclaration,
  entry: Entry,
  btf: Btf,
  resolve: Resolve,
): EncodedEntry {
  try {
    return encodeEntry(btf, declaration, entry, resolve)
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error
    throw new BenchError(`Could not write an entry of map "${map}": ${error.message}`, {
      trouble: 'failed',
      cause: error,
    })
  }
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
