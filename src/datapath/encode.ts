/** Values of the scenario file as the bytes of a map's key or value, or of a variable, laid out by its BTF. Pure. */
import { orThere } from '../parts/not-there.ts'
import type { FieldValue, Values } from '../scenario/schema.ts'
import { addressBytes } from './address-bytes.ts'
import type { Btf } from './btf.ts'
import type { BtfType } from './btf-type.ts'
import { EncodeError, problemsOf, requireNone, type ValueProblem } from './encode-error.ts'
import { encodeNumber, isNumber, numberOf, requireSize, setBits } from './encode-number.ts'
import { type Field, fieldsOf, isRecord, sizeOf, strip, typeWords } from './type-layout.ts'

/** Replaces references such as `ifindex(veth2@1)` by what they stand for. */
export type Resolve = (value: FieldValue) => FieldValue

/**
 * The bytes of `value` as type `typeId`. What is not given of a struct or an array is zero.
 *
 * `__be16`, `__be32` and `__be64` are written in network byte order; an IPv4 address fits 4 bytes,
 * a MAC address 6, an IPv6 address 16.
 *
 * @throws EncodeError with every field that is unknown, and every value that does not fit
 */
export function encode(btf: Btf, typeId: number, value: Values, resolve: Resolve): Uint8Array {
  const { type, isBigEndian } = strip(btf, typeId)
  const known = typeof value === 'object' ? value : resolve(value)
  if (isNumber(type)) {
    if (typeof known === 'object')
      throw new EncodeError(`expected a single value: the type is ${typeWords(type)}, no struct`)
    return encodeNumber(type, known, isBigEndian)
  }
  if (type.kind === 'ARRAY') return encodeArray(btf, type, known, resolve)
  if (isRecord(type)) return encodeRecord(btf, type, known, resolve)
  throw new EncodeError(unwritable[type.kind] ?? `a value of ${typeWords(type)} cannot be set`)
}

const unwritable: Readonly<Record<string, string>> = {
  PTR: 'a pointer cannot be set from a scenario',
  FLOAT: 'a floating-point number cannot be set from a scenario: BPF programs cannot reckon with it',
}

function encodeArray(btf: Btf, type: BtfType, value: Values, resolve: Resolve): Uint8Array {
  const { nr_elems: length = 0, type_id: itemId = 0 } = type
  const itemBytes = sizeOf(btf, itemId)
  if (typeof value === 'string') return encodeText(btf, value, itemId, length * itemBytes)
  if (!isList(value))
    throw new EncodeError(`expected ${arrayWords(btf, type)}, found ${JSON.stringify(value)}`)
  const surplus = `expected at most ${length} items, found ${value.length}`
  const bytes = new Uint8Array(length * itemBytes)
  requireNone([
    ...(value.length > length ? [{ path: [], message: surplus }] : []),
    ...value.slice(0, length).flatMap((item, index) =>
      problemsOf([index], () => {
        bytes.set(encode(btf, itemId, item, resolve), index * itemBytes)
      }),
    ),
  ])
  return bytes
}

const isList = (value: Values): value is readonly Values[] => Array.isArray(value)

function arrayWords(btf: Btf, { nr_elems: length = 0, type_id: itemId = 0 }: BtfType): string {
  const bytes = length * sizeOf(btf, itemId)
  const list = `a list of at most ${length}`
  return [4, 6, 16].includes(bytes) ? `an address of ${bytes} bytes, or ${list}` : list
}

/** A text in an array of `char`, where it fits; else an address. */
function encodeText(btf: Btf, text: string, itemId: number, size: number): Uint8Array {
  const item = strip(btf, itemId).type
  const letters = item.kind === 'INT' && item.name === 'char' ? Buffer.from(text) : undefined
  if (letters !== undefined && letters.length <= size) {
    const bytes = new Uint8Array(size)
    bytes.set(letters)
    return bytes
  }
  const address = addressBytes(text)
  if (address === undefined && letters !== undefined)
    throw new EncodeError(`"${text}" has ${letters.length} bytes, and the field has ${size}`)
  if (address === undefined)
    throw new EncodeError(`expected an address of ${size} bytes or a list, found "${text}"`)
  requireSize(text, address, size)
  return Uint8Array.from(address)
}

function encodeRecord(btf: Btf, type: BtfType, value: Values, resolve: Resolve): Uint8Array {
  const fields = fieldsOf(btf, type)
  if (typeof value === 'string' && isNetworkOrdered(btf, type)) {
    const address = addressBytes(value)
    if (address !== undefined) {
      requireSize(value, address, type.size ?? 0)
      return Uint8Array.from(address)
    }
  }
  if (typeof value !== 'object' || isList(value))
    throw new EncodeError(
      `expected fields of ${typeWords(type)} (${fields.map(({ name }) => name).join(', ')}), found ${JSON.stringify(value)}`,
    )
  const bytes = new Uint8Array(type.size ?? 0)
  const written: Field[] = []
  const problems = Object.entries(value).flatMap(([name, inner]): ValueProblem[] => {
    const field = fields.find((one) => one.name === name)
    if (field === undefined) return [{ path: [name], message: noField(name, type, fields) }]
    const other = written.find((one) => overlap(btf, one, field))
    if (other !== undefined) return [{ path: [name], message: `"${other.name}" is set in the same bytes` }]
    written.push(field)
    return problemsOf([name], () => {
      writeField(btf, bytes, field, inner, resolve)
    })
  })
  requireNone(problems)
  return bytes
}

function noField(name: string, type: BtfType, fields: readonly Field[]): string {
  const names = fields.map((field) => field.name)
  return `no field "${name}" in ${typeWords(type)}${orThere(name, names)}`
}

function writeField(btf: Btf, bytes: Uint8Array, field: Field, value: Values, resolve: Resolve): void {
  const { typeId, bitsOffset, bitFieldSize } = field
  if (bitFieldSize === undefined) {
    bytes.set(encode(btf, typeId, value, resolve), bitsOffset / 8)
    return
  }
  if (typeof value === 'object') throw new EncodeError('expected a number: it is a bit-field')
  const { type } = strip(btf, typeId)
  setBits(bytes, numberOf(type, resolve(value), bitFieldSize), bitsOffset, bitFieldSize)
}

/** Members of a union share their bytes. */
function overlap(btf: Btf, a: Field, b: Field): boolean {
  const end = ({ typeId, bitsOffset, bitFieldSize }: Field) =>
    bitsOffset + (bitFieldSize ?? sizeOf(btf, typeId) * 8)
  return a.bitsOffset < end(b) && b.bitsOffset < end(a)
}

/** Whether a type is bytes as they are sent: an address is written there whole, as in struct in6_addr. */
function isNetworkOrdered(btf: Btf, type: BtfType, isBigEndian = false): boolean {
  const isInside = (typeId: number) => {
    const inner = strip(btf, typeId)
    return isNetworkOrdered(btf, inner.type, inner.isBigEndian)
  }
  if (type.kind === 'INT') return isBigEndian || type.size === 1
  if (type.kind === 'ARRAY') return isInside(type.type_id ?? 0)
  const members = (type.members ?? []).map(({ type_id }) => isInside(type_id))
  if (type.kind === 'UNION') return members.includes(true)
  return type.kind === 'STRUCT' && members.length > 0 && members.every(Boolean)
}
