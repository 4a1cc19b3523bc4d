/** Values of the scenario file as the bytes of a map's key or value, laid out by its BTF. */
import { isIPv4, isIPv6 } from 'node:net'
import { endianness } from 'node:os'
import { didYouMean } from '../host/nearest.ts'
import type { FieldValue } from '../scenario/schema.ts'
import type { Btf, BtfType } from './btf.ts'

/** A value that does not fit its type. `field` leads to it, empty for the whole. */
export class EncodeError extends Error {
  readonly field: string | undefined
  constructor(message: string, field?: string) {
    super(message)
    this.name = 'EncodeError'
    this.field = field
  }
}

/** Replaces references such as `ifindex(veth2@1)` by what they stand for. */
export type Resolve = (value: FieldValue) => FieldValue

/**
 * The bytes of `value` as type `typeId`. Fields of a struct that are not given are zero.
 *
 * `__be16`, `__be32` and `__be64` are written in network byte order; an IPv4 address fits 4 bytes,
 * a MAC address 6, an IPv6 address 16.
 *
 * @throws EncodeError if a field is unknown, or a value does not fit.
 */
export function encode(
  btf: Btf,
  typeId: number,
  value: FieldValue | Readonly<Record<string, FieldValue>>,
  resolve: Resolve,
): Uint8Array {
  const { type } = strip(btf, typeId)
  if (typeof value !== 'object') return encodeScalar(btf, typeId, resolve(value))
  if (type.kind !== 'STRUCT')
    throw new EncodeError(`expected a single value: the type is ${type.name}, no struct`)
  const bytes = new Uint8Array(type.size ?? 0)
  const members = type.members ?? []
  for (const [field, inner] of Object.entries(value)) {
    const member = members.find(({ name }) => name === field)
    if (member === undefined) {
      const names = members.map(({ name }) => name)
      throw new EncodeError(
        `no field "${field}" in struct ${type.name}${didYouMean(field, names) || ` (there: ${names.join(', ')})`}`,
        field,
      )
    }
    if (member.bits_offset % 8 !== 0) throw new EncodeError('bit fields cannot be set from a scenario', field)
    try {
      bytes.set(encodeScalar(btf, member.type_id, resolve(inner)), member.bits_offset / 8)
    } catch (error) {
      throw error instanceof EncodeError ? new EncodeError(error.message, field) : error
    }
  }
  return bytes
}

/** The type behind typedefs and qualifiers, and whether one of them says network byte order. */
export function strip(btf: Btf, typeId: number): { type: BtfType; isBigEndian: boolean } {
  let type = btf.type(typeId)
  let isBigEndian = false
  while (['TYPEDEF', 'CONST', 'VOLATILE'].includes(type.kind)) {
    isBigEndian ||= /^__be(16|32|64)$/.test(type.name)
    type = btf.type(type.type_id ?? 0)
  }
  return { type, isBigEndian }
}

function encodeScalar(btf: Btf, typeId: number, value: FieldValue): Uint8Array {
  const { type, isBigEndian } = strip(btf, typeId)
  const size = sizeOf(btf, type)
  if (typeof value === 'string') return encodeAddress(value, size, type, isBigEndian)
  if (type.kind === 'STRUCT')
    throw new EncodeError(
      `expected fields of struct ${type.name} (${(type.members ?? []).map(({ name }) => name).join(', ')}), found ${value}`,
    )
  if (type.kind !== 'INT' && type.kind !== 'ENUM')
    throw new EncodeError(`expected an address of ${size} bytes`)
  return encodeInteger(BigInt(value), size, type.encoding === 'SIGNED', isBigEndian)
}

function sizeOf(btf: Btf, type: BtfType): number {
  if (type.kind !== 'ARRAY') return type.size ?? 0
  return (type.nr_elems ?? 0) * sizeOf(btf, strip(btf, type.type_id ?? 0).type)
}

function encodeInteger(value: bigint, size: number, isSigned: boolean, isBigEndian: boolean): Uint8Array {
  const bits = BigInt(size * 8)
  const [least, most] = isSigned ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n]
  if (value < least || value > most) throw new EncodeError(`expected ${least} to ${most}, found ${value}`)
  const little = Array.from({ length: size }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn))
  return Uint8Array.from(isBigEndian || endianness() === 'BE' ? little.toReversed() : little)
}

function encodeAddress(text: string, size: number, type: BtfType, isBigEndian: boolean): Uint8Array {
  const bytes = addressBytes(text)
  if (bytes === undefined) throw new EncodeError(`expected a number or an address, found "${text}"`)
  if (bytes.length !== size)
    throw new EncodeError(`"${text}" has ${bytes.length} bytes, and the field has ${size}`)
  // Addresses are in network order; an integer in the host's order would need another meaning.
  if (type.kind === 'INT' && !isBigEndian)
    throw new EncodeError(`"${text}" needs a field in network byte order (__be32), and this is ${type.name}`)
  return Uint8Array.from(bytes)
}

function addressBytes(text: string): number[] | undefined {
  if (isIPv4(text)) return text.split('.').map(Number)
  if (/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text)) return text.split(':').map((byte) => parseInt(byte, 16))
  if (isIPv6(text)) return ipv6Bytes(text)
  return undefined
}

function ipv6Bytes(text: string): number[] {
  // The URL parser brings every form of RFC 4291 section 2.2 to groups of hexadecimal digits.
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::')
  const groups = (part: string | undefined) => (part === undefined || part === '' ? [] : part.split(':'))
  const front = groups(head)
  const back = groups(tail)
  const zeros = Array<string>(8 - front.length - back.length).fill('0')
  return [...front, ...zeros, ...back].flatMap((group) => {
    const word = parseInt(group, 16)
    return [word >> 8, word & 0xff]
  })
}

/** The bytes of a place in a map whose values are programs or maps. @throws EncodeError if it is no number */
export function encodeIndex(value: FieldValue | Readonly<Record<string, FieldValue>>): Uint8Array {
  if (typeof value !== 'number')
    throw new EncodeError(`expected the number of a slot, found ${JSON.stringify(value)}`)
  return encodeInteger(BigInt(value), 4, false, false)
}
