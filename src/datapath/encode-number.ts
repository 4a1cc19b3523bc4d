/** Numbers as the bytes or bits of an integer, an enum or a boolean. Pure. */
import { orThere } from '../parts/not-there.ts'
import { endianness } from 'node:os'
import { didYouMean } from '../host/nearest.ts'
import type { FieldValue } from '../scenario/schema.ts'
import { addressBytes } from './address-bytes.ts'
import type { BtfType } from './btf-type.ts'
import { EncodeError } from './encode-error.ts'

export const isNumber = ({ kind }: BtfType): boolean => ['INT', 'ENUM', 'ENUM64'].includes(kind)

/** A text that is a number: decimal, or hexadecimal with 0x. Larger ones than 2^53 can only be written so. */
const numberText = /^(-?\d+|0x[0-9a-f]+)$/i

/** `network(7000)`, `host(10.0.0.1)`: the order that a field is kept in, where its type does not tell. */
const orderText = /^(network|host)\((.*)\)$/

/**
 * The bytes of a number of `size` bytes; an address is one where the order of its bytes is known.
 *
 * @throws EncodeError if it is none, or does not fit
 */
export function encodeNumber(type: BtfType, value: FieldValue, isBigEndian: boolean): Uint8Array {
  const [, order, text] = (typeof value === 'string' ? orderText.exec(value) : null) ?? []
  const size = type.size ?? 0
  if (order !== undefined && text !== undefined) return encodeOrdered(type, text, order === 'network')
  const address = typeof value === 'string' ? addressBytes(value) : undefined
  if (address === undefined) return bytesOf(numberOf(type, value, size * 8), size, isBigEndian)
  requireSize(String(value), address, size)
  if (!isBigEndian)
    throw new EncodeError(
      `"${value}" needs a field in network byte order (__be32), and this is ${type.name}: network(${value}) if the program keeps it in that order all the same, host(${value}) if in the machine's`,
    )
  return Uint8Array.from(address)
}

function encodeOrdered(type: BtfType, text: string, isBigEndian: boolean): Uint8Array {
  const size = type.size ?? 0
  const address = addressBytes(text)
  if (address === undefined) return bytesOf(numberOf(type, text, size * 8), size, isBigEndian)
  requireSize(text, address, size)
  const number = address.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  return bytesOf(number, size, isBigEndian)
}

export function requireSize(text: string, address: readonly number[], size: number): void {
  if (address.length !== size)
    throw new EncodeError(`"${text}" has ${address.length} bytes, and the field has ${size}`)
}

/**
 * The number that a value stands for in a field of so many bits.
 *
 * @throws EncodeError if it is none, or too large or small
 */
export function numberOf(type: BtfType, value: FieldValue, bits: number): bigint {
  const number = typeof value === 'string' ? numberOfText(type, value) : BigInt(value)
  const [least, most] = rangeOf(type, BigInt(bits))
  if (number < least || number > most) throw new EncodeError(`expected ${least} to ${most}, found ${number}`)
  return BigInt.asUintN(bits, number)
}

function rangeOf({ kind, encoding }: BtfType, bits: bigint): readonly [least: bigint, most: bigint] {
  if (encoding === 'BOOL') return [0n, 1n]
  const least = encoding === 'SIGNED' || kind !== 'INT' ? -(1n << (bits - 1n)) : 0n
  return [least, encoding === 'SIGNED' && kind === 'INT' ? -least - 1n : (1n << bits) - 1n]
}

function numberOfText(type: BtfType, text: string): bigint {
  if (numberText.test(text)) return BigInt(text)
  if (type.kind === 'INT') {
    const what = type.encoding === 'BOOL' ? 'true or false' : 'a number or an address'
    throw new EncodeError(`expected ${what}, found "${text}"`)
  }
  const names = (type.values ?? []).map(({ name }) => name)
  const found = type.values?.find(({ name }) => name === text)
  if (found !== undefined) return signed(BigInt(found.val), type)
  throw new EncodeError(
    `no "${text}" in enum ${type.name}${didYouMean(text, names) || orThere(text, names.slice(0, 20))}`,
  )
}

/** bpftool has a negative number of an enum that it takes for an unsigned one as that of 64 bits. */
const signed = (number: bigint, { size = 4 }: BtfType): bigint =>
  size < 8 ? BigInt.asIntN(64, number) : number

/** Whatever is too large for `size` is cut off. */
export function bytesOf(number: bigint, size: number, isBigEndian: boolean): Uint8Array {
  const little = Array.from({ length: size }, (_, index) => Number((number >> BigInt(8 * index)) & 0xffn))
  return Uint8Array.from(isBigEndian || endianness() === 'BE' ? little.toReversed() : little)
}

/** Writes the bits of a bit-field: counted from a byte's lowest bit on, or its highest where that is sent first. */
export function setBits(bytes: Uint8Array, number: bigint, bitsOffset: number, bits: number): void {
  const isReversed = endianness() === 'BE'
  for (let index = 0; index < bits; index += 1) {
    const bit = Number((number >> BigInt(isReversed ? bits - 1 - index : index)) & 1n)
    const at = bitsOffset + index
    const inByte = isReversed ? 7 - (at % 8) : at % 8
    bytes[at >> 3] = ((bytes[at >> 3] ?? 0) & ~(1 << inByte)) | (bit << inByte)
  }
}
