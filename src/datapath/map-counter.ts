/** A value in a BPF map as a counter: which bytes are looked up, and what those that come back mean. Pure. */
import { basename } from 'node:path'
import { didYouMean } from '../host/nearest.ts'
import type { CounterName } from '../parts/proofs/counter-name.ts'
import { countersOfRules } from '../parts/proofs/claims.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { FieldValue } from '../scenario/schema.ts'
import type { Issue } from '../scenario/yaml-file.ts'
import type { Btf } from './btf.ts'
import { type CounterPlace, counterPlace } from './counter-place.ts'
import { encodeKey } from './encode-entry.ts'
import { EncodeError } from './encode-error.ts'
import { kindOf } from './map-kinds.ts'
import { isOneMap } from './shared-maps.ts'
import type { BpfObjects } from './bpf-objects.ts'

export type MapCounterName = Extract<CounterName, { of: 'map' }>

/** What has to be read for a counter in a map, and where in it the number is. */
export interface MapCounter extends CounterPlace {
  /** The object that the map is of, as the scenario names it. */
  readonly object: string
  readonly map: string
  /** In hexadecimal digits. */
  readonly key: string
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
  const place = counterPlace(btf, map.value, name)
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

/** A number that JSON does not hold stays text, which is encoded exactly. */
const scalar = (text: string): FieldValue =>
  /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text
