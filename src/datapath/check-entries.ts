/** The entries that a scenario gives a map, checked against its declaration. Pure. */
import { parseReference } from '../scenario/references.ts'
import type { FieldValue } from '../scenario/schema.ts'
import type { FilePath, Issue } from '../scenario/yaml-file.ts'
import type { Btf } from './btf.ts'
import type { Resolve } from './encode.ts'
import { encodeEntry, encodeKeyIfAny, type Entry } from './encode-entry.ts'
import { EncodeError, problemsOf } from './encode-error.ts'
import type { MapDeclaration } from './map-declaration.ts'
import { isIndexed, kindOf } from './map-kinds.ts'

/** A map, and where its entries stand in the scenario file. */
export interface FilledMap {
  readonly name: string
  readonly declaration: MapDeclaration
  readonly btf: Btf
  /** The namespace of the program. */
  readonly home: string
  readonly at: FilePath
}

/** All that is wrong with the entries of one map. */
export function checkEntries(map: FilledMap, entries: readonly Entry[]): Issue[] {
  const { name, declaration, btf, home, at } = map
  const kind = kindOf(declaration)
  if (kind.entries === 'none')
    return entries.length === 0
      ? []
      : [{ path: at, message: `map "${name}" cannot be given entries from outside: ${kind.why}` }]
  return [
    ...tooMany(map, entries),
    ...entries.flatMap((entry, index) =>
      problemsOf([...at, index], () => {
        encodeEntry(btf, declaration, entry, placeholders(home))
      }),
    ),
    ...repeatedKeys(map, entries),
    ...(kind.entries === 'targets' ? foreignDevices(map, entries) : []),
  ]
}

/** Before anything is built, any value of the right kind stands for what will be looked up. */
export const placeholders =
  (home: string): Resolve =>
  (value: FieldValue): FieldValue => {
    const reference = typeof value === 'string' ? parseReference(value, home) : undefined
    if (reference === undefined) return value
    return reference.what === 'ifindex' ? 1 : '02:00:00:00:00:01'
  }

function tooMany({ name, declaration, at }: FilledMap, entries: readonly Entry[]): Issue[] {
  const { maxEntries } = declaration
  if (maxEntries === 0 || entries.length <= maxEntries || isIndexed(kindOf(declaration))) return []
  const message = `map "${name}" holds at most ${maxEntries} entries, found ${entries.length}`
  return [{ path: at, message }]
}

/** Of two entries under one key, the kernel keeps the second. */
function repeatedKeys({ declaration, btf, home, at }: FilledMap, entries: readonly Entry[]): Issue[] {
  if (kindOf(declaration).entries === 'pushed') return []
  const seen = new Set<string>()
  return entries.flatMap(({ key }, index) => {
    const bytes = bytesOfKey(btf, declaration, key, home)
    if (bytes === undefined) return []
    const isRepeated = seen.has(bytes)
    seen.add(bytes)
    return isRepeated ? [{ path: [...at, index, 'key'], message: 'a second entry under this key' }] : []
  })
}

/** Undefined where it is wrong, or not known yet: something is looked up for it. */
function bytesOfKey(
  btf: Btf,
  declaration: MapDeclaration,
  key: Entry['key'],
  home: string,
): string | undefined {
  const lookedUp: FieldValue[] = []
  try {
    const bytes = encodeKeyIfAny(btf, declaration, key, (value) => {
      const known = placeholders(home)(value)
      if (known !== value) lookedUp.push(value)
      return known
    })
    return lookedUp.length > 0 ? undefined : Buffer.from(bytes).toString('hex')
  } catch (error) {
    if (error instanceof EncodeError) return undefined
    throw error
  }
}

/** The kernel takes the number of a device for one of the namespace that the map is filled in. */
function foreignDevices({ name, home, at }: FilledMap, entries: readonly Entry[]): Issue[] {
  return entries.flatMap(({ value }, index): Issue[] => {
    const isRecord = typeof value === 'object' && 'ifindex' in value
    const device = isRecord ? value.ifindex : value
    const reference = typeof device === 'string' ? parseReference(device, home) : undefined
    if (reference === undefined || reference.namespace === home) return []
    const path = [...at, index, 'value', ...(isRecord ? ['ifindex'] : [])]
    return [
      {
        path,
        message: `map "${name}" takes devices of ${home}, where its program is: "${reference.device}" is in ${reference.namespace}`,
      },
    ]
  })
}
