/** An entry of a map as the loader writes it, whatever the kind of the map. Pure. */
import { orThere } from '../parts/not-there.ts'
import { endianness } from 'node:os'
import type { Values } from '../scenario/schema.ts'
import { parsePrefix } from './address-bytes.ts'
import type { Btf } from './btf.ts'
import { encode, type Resolve } from './encode.ts'
import { EncodeError, problemsOf, requireNone } from './encode-error.ts'
import { bytesOf } from './encode-number.ts'
import type { MapDeclaration } from './map-declaration.ts'
import { isIndexed, kindOf } from './map-kinds.ts'
import { encodeTarget } from './encode-target.ts'
import { fieldsOf, sizeOf, strip } from './type-layout.ts'

export interface Entry {
  readonly key?: Values | undefined
  readonly value: Values
}

/** The value in bytes, or a program or a map by name; bytes and a program where the program is their end. */
export interface EncodedEntry {
  readonly key: Uint8Array
  readonly value?: Uint8Array
  readonly program?: string
  readonly innerMap?: string
}

/** @throws EncodeError with all that does not fit; ways begin with `key` or `value` */
export function encodeEntry(btf: Btf, map: MapDeclaration, entry: Entry, resolve: Resolve): EncodedEntry {
  const kind = kindOf(map)
  if (kind.entries === 'none') throw new EncodeError(`it cannot be given entries from outside: ${kind.why}`)
  let key: Uint8Array = new Uint8Array()
  let rest: Omit<EncodedEntry, 'key'> = {}
  requireNone([
    ...problemsOf(['key'], () => {
      key = encodeKeyIfAny(btf, map, entry.key, resolve)
    }),
    ...problemsOf(['value'], () => {
      rest = encodeValue(btf, map, entry.value, resolve)
    }),
  ])
  return { key, ...rest }
}

/** @throws EncodeError if it does not fit, or is the place of none */
export function encodeKey(btf: Btf, map: MapDeclaration, key: Values, resolve: Resolve): Uint8Array {
  const kind = kindOf(map)
  const type = map.key
  if (type === undefined) throw new EncodeError('its declaration does not say what a key is')
  if (kind.entries === 'prefixes') return encodePrefix(btf, type, key, resolve)
  const bytes = encode(btf, type, key, resolve)
  const place = isIndexed(kind) && bytes.length === 4 ? machineNumber(bytes) : 0
  if (map.maxEntries > 0 && place >= map.maxEntries)
    throw new EncodeError(`expected 0 to ${map.maxEntries - 1}, found ${place}`)
  return bytes
}

function machineNumber(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return view.getUint32(0, endianness() === 'LE')
}

/** The key of an entry: none where the map has none. */
export function encodeKeyIfAny(
  btf: Btf,
  map: MapDeclaration,
  key: Entry['key'],
  resolve: Resolve,
): Uint8Array {
  const isKeyless = kindOf(map).entries === 'pushed'
  if (isKeyless && key !== undefined)
    throw new EncodeError('the map has no keys: values alone are pushed into it')
  if (isKeyless) return new Uint8Array()
  if (key === undefined) throw new EncodeError('missing')
  return encodeKey(btf, map, key, resolve)
}

/** struct bpf_lpm_trie_key: how many bits count, and the bits as they are sent. */
const lengthBytes = 4

function encodePrefix(btf: Btf, typeId: number, key: Values, resolve: Resolve): Uint8Array {
  const text = prefixText(btf, typeId, key)
  if (text !== undefined) return prefixBytes(text, sizeOf(btf, typeId))
  const bytes = encode(btf, typeId, key, resolve)
  const most = (bytes.length - lengthBytes) * 8
  const lengthBits = bytes.length < lengthBytes ? 0 : machineNumber(bytes)
  if (lengthBits > most) throw new EncodeError(`expected a prefix of 0 to ${most} bits, found ${lengthBits}`)
  return bytes
}

/** `10.10.0.0/16` for the whole key, alone or as `prefix`. */
function prefixText(btf: Btf, typeId: number, key: Values): string | undefined {
  if (typeof key === 'string') return key
  if (typeof key !== 'object' || !('prefix' in key) || typeof key.prefix !== 'string') return undefined
  const hasOwn = fieldsOf(btf, strip(btf, typeId).type).some(({ name }) => name === 'prefix')
  return Object.keys(key).length > 1 || hasOwn ? undefined : key.prefix
}

function prefixBytes(text: string, keyBytes: number): Uint8Array {
  const prefix = parsePrefix(text)
  if (prefix === undefined) throw new EncodeError(`expected a prefix, as in 10.10.0.0/16, found "${text}"`)
  const { address, lengthBits, hasMore } = prefix
  if (address.length !== keyBytes - lengthBytes)
    throw new EncodeError(
      `"${text}" has ${address.length} bytes, and the key has ${keyBytes - lengthBytes} behind its prefix length`,
    )
  if (hasMore) throw new EncodeError(`"${text}" has bits set behind its prefix of ${lengthBits}`)
  return Uint8Array.from([...bytesOf(BigInt(lengthBits), lengthBytes, false), ...address])
}

function encodeValue(
  btf: Btf,
  map: MapDeclaration,
  value: Values,
  resolve: Resolve,
): Omit<EncodedEntry, 'key'> {
  const kind = kindOf(map)
  if (kind.entries === 'programs') return { program: requireName(value, 'program', btf.programs) }
  if (kind.entries === 'maps') return { innerMap: requireName(value, 'map', [...btf.maps.keys()]) }
  if (map.value === undefined) throw new EncodeError('its declaration does not say what a value is')
  if (kind.entries !== 'targets') return { value: encode(btf, map.value, value, resolve) }
  return encodeTarget({ field: kind.field, bytes: sizeOf(btf, map.value) }, value, resolve, (name) =>
    requireName(name, 'program', btf.programs),
  )
}

function requireName(value: Values, what: string, known: readonly string[]): string {
  if (typeof value === 'string' && known.includes(value)) return value
  const nearest = typeof value === 'string' ? orThere(value, known) : ''
  throw new EncodeError(
    `expected the name of a ${what} of its object, found ${JSON.stringify(value)}${nearest}`,
  )
}
