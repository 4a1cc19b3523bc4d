/** A value in a BPF map as a counter: which bytes are looked up, and what those that come back mean. Pure. */
import { endianness } from 'node:os'
import { basename } from 'node:path'
import { didYouMean } from '../host/nearest.ts'
import type { CounterName } from '../parts/proofs/counter-name.ts'
import { countersOfRules } from '../parts/proofs/claims.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { FieldValue } from '../scenario/schema.ts'
import type { Issue } from '../scenario/yaml-file.ts'
import type { Btf } from './btf.ts'
import { encodeKey } from './encode-entry.ts'
import { EncodeError } from './encode-error.ts'
import { isNumber } from './encode-number.ts'
import { kindOf } from './map-kinds.ts'
import { isOneMap } from './shared-maps.ts'
import { type Field, fieldsOf, isRecord, strip } from './type-layout.ts'
import type { BpfObjects } from './bpf-objects.ts'

export type MapCounterName = Extract<CounterName, { of: 'map' }>

/** What has to be read for a counter in a map, and where in it the number is. */
export interface MapCounter {
  /** The object that the map is of, as the scenario names it. */
  readonly object: string
  readonly map: string
  /** In hexadecimal digits. */
  readonly key: string
  readonly offsetBytes: number
  readonly sizeBytes: number
  readonly isBigEndian: boolean
}

/** The types of an object; undefined where it has failed. */
function btfOf(objects: BpfObjects, object: string): Btf | undefined {
  const prepared = objects.get(object)
  return prepared?.state === 'ready' ? prepared.btf : undefined
}

/**
 * Finds a counter in the maps of a path's programs in `namespace`.
 *
 * @returns what to read, or in words why it is no counter
 */
export function findMapCounter(
  name: MapCounterName,
  namespace: string,
  path: ScenarioPath,
  objects: BpfObjects,
): MapCounter | string {
  const { programs } = path
  const here = [...new Set(programs.filter((one) => one.namespace === namespace).map(({ object }) => object))]
  const having = here.filter((object) => btfOf(objects, object)?.maps.has(name.map))
  const [object] = having
  const btf = object === undefined ? undefined : btfOf(objects, object)
  const map = btf?.maps.get(name.map)
  if (object === undefined || btf === undefined || map === undefined) {
    const known = here.flatMap((one) => [...(btfOf(objects, one)?.maps.keys() ?? [])])
    return `no map "${name.map}" in the programs of ${namespace}${didYouMean(name.map, known)} (there: ${known.join(', ') || 'none'})`
  }
  const isOne = isOneMap(
    name.map,
    path,
    having.flatMap((one) => btfOf(objects, one) ?? []),
  )
  if (having.length > 1 && !isOne)
    return `map "${name.map}" is in ${having.map((one) => basename(one)).join(' and ')} in ${namespace}: which of them is meant cannot be told`
  if (map.value === undefined || !['values', 'prefixes'].includes(kindOf(map).entries))
    return `map "${name.map}" holds no numbers`
  const place = placeOf(btf, map.value, name)
  if (typeof place === 'string') return place
  try {
    const key = encodeKey(btf, map, parseKey(name.key), (value) => value)
    return { object, map: name.map, key: Buffer.from(key).toString('hex'), ...place }
  } catch (error) {
    if (error instanceof EncodeError) return `key of map "${name.map}": ${error.message}`
    throw error
  }
}

/** Every counter in a map that a path's rules name and that is not there. */
export const checkMapCounters = (path: ScenarioPath, objects: BpfObjects): Issue[] =>
  countersOfRules(path.proof).flatMap(({ namespace, name, index, key }) => {
    if (name?.of !== 'map') return []
    const found = findMapCounter(name, namespace, path, objects)
    return typeof found === 'string'
      ? [{ path: ['paths', path.name, 'proof', index, key], message: found }]
      : []
  })

/** `0`, `10.0.0.1`, or fields: `address=10.0.0.1 port=7000`. */
function parseKey(text: string): FieldValue | Record<string, FieldValue> {
  if (!text.includes('=')) return scalar(text.trim())
  return Object.fromEntries(
    text
      .trim()
      .split(/\s+/)
      .map((word) => {
        const [field = '', ...value] = word.split('=')
        return [field, scalar(value.join('='))]
      }),
  )
}

const scalar = (text: string): FieldValue => (/^-?\d+$/.test(text) ? Number(text) : text)

type Place = Pick<MapCounter, 'offsetBytes' | 'sizeBytes' | 'isBigEndian'>

/** Where in a map's value the number stands, through structs by the fields that are named. */
function placeOf(btf: Btf, valueType: number, { map, field }: MapCounterName): Place | string {
  let offsetBytes = 0
  let { type, isBigEndian } = strip(btf, valueType)
  for (const step of field?.split('.') ?? []) {
    const fields = isRecord(type) ? fieldsOf(btf, type) : []
    const field = fields.find(({ name }) => name === step)
    if (field === undefined) return `no field "${step}" in ${ownerWords(map, fields, step)}`
    if (field.bitFieldSize !== undefined) return `field "${step}" of map "${map}" is no whole number of bytes`
    offsetBytes += field.bitsOffset / 8
    ;({ type, isBigEndian } = strip(btf, field.typeId))
  }
  if (isRecord(type)) {
    const fields = fieldsOf(btf, type)
    return `map "${map}" holds fields: name one, as in map.${map}(KEY).${fields[0]?.name ?? 'FIELD'} (there: ${namesOf(fields)})`
  }
  if (!isNumber(type)) return `what map "${map}" holds there is no number`
  return { offsetBytes, sizeBytes: type.size ?? 0, isBigEndian }
}

const namesOf = (fields: readonly Field[]): string => fields.map(({ name }) => name).join(', ')

function ownerWords(map: string, fields: readonly Field[], step: string): string {
  const names = fields.map(({ name }) => name)
  return `the values of map "${map}"${didYouMean(step, names)} (there: ${names.join(', ') || 'none, a value is one number'})`
}

/** The count in a map's values, one a CPU where it has so many: their sum, 0 where nothing is under the key. */
export function countIn(values: readonly string[], { offsetBytes, sizeBytes, isBigEndian }: Place): number {
  const isReversed = !isBigEndian && endianness() === 'LE'
  return values.reduce((sum, hex) => {
    const bytes = [...Buffer.from(hex, 'hex').subarray(offsetBytes, offsetBytes + sizeBytes)]
    const ordered = isReversed ? bytes.toReversed() : bytes
    return sum + ordered.reduce((value, byte) => value * 256 + byte, 0)
  }, 0)
}
