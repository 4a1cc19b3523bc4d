/** Where in a map's value a counter stands, and what the bytes there mean. Pure. */
import { endianness } from 'node:os'
import { didYouMean } from '../host/nearest.ts'
import type { Btf } from './btf.ts'
import type { BtfType } from './btf-type.ts'
import { isNumber } from './encode-number.ts'
import { type Field, fieldsOf, isRecord, sizeOf, strip } from './type-layout.ts'

export interface CounterPlace {
  readonly offsetBytes: number
  readonly sizeBytes: number
  readonly isBigEndian: boolean
}

/** As a rule of proof names it: `map.stats(0).queues[2].packets` has the field `queues[2].packets`. */
interface CounterInMap {
  readonly map: string
  readonly field: string | undefined
}

/** A part of a value on the way to the number. */
interface Part {
  readonly typeId: number
  readonly offsetBytes: number
}

/** The place of a number in values of a type, or in words why there is none. */
export function counterPlace(
  btf: Btf,
  valueType: number,
  { map, field }: CounterInMap,
): CounterPlace | string {
  let part: Part | string = { typeId: valueType, offsetBytes: 0 }
  for (const step of field?.match(/[^.[\]]+/g) ?? []) {
    part = stepInto(btf, part, step, map)
    if (typeof part === 'string') return part
  }
  const { type, isBigEndian } = strip(btf, part.typeId)
  if (isNumber(type)) return { offsetBytes: part.offsetBytes, sizeBytes: type.size ?? 0, isBigEndian }
  return isRecord(type)
    ? nameOne(map, fieldsOf(btf, type))
    : type.kind === 'ARRAY'
      ? `map "${map}" holds a list there: say which item, as in ${field ?? ''}[0]`
      : `what map "${map}" holds there is no number`
}

function stepInto(btf: Btf, { typeId, offsetBytes }: Part, step: string, map: string): Part | string {
  const { type } = strip(btf, typeId)
  if (type.kind === 'ARRAY') return itemOf(btf, type, { typeId, offsetBytes }, step, map)
  const fields = isRecord(type) ? fieldsOf(btf, type) : []
  const field = fields.find(({ name }) => name === step)
  if (field === undefined) return `no field "${step}" in ${ownerWords(map, fields, step)}`
  if (field.bitFieldSize !== undefined) return `field "${step}" of map "${map}" is no whole number of bytes`
  return { typeId: field.typeId, offsetBytes: offsetBytes + field.bitsOffset / 8 }
}

function itemOf(btf: Btf, type: BtfType, { offsetBytes }: Part, step: string, map: string): Part | string {
  const { nr_elems: length = 0, type_id: typeId = 0 } = type
  const index = /^\d+$/.test(step) ? Number(step) : length
  if (index >= length) return `no item "${step}" in a list of map "${map}": there are 0 to ${length - 1}`
  return { typeId, offsetBytes: offsetBytes + index * sizeOf(btf, typeId) }
}

const namesOf = (fields: readonly Field[]): string => fields.map(({ name }) => name).join(', ')

const nameOne = (map: string, fields: readonly Field[]): string =>
  `map "${map}" holds fields: name one, as in map.${map}(KEY).${fields[0]?.name ?? 'FIELD'} (there: ${namesOf(fields)})`

function ownerWords(map: string, fields: readonly Field[], step: string): string {
  const names = fields.map(({ name }) => name)
  return `the values of map "${map}"${didYouMean(step, names)} (there: ${names.join(', ') || 'none, a value is one number'})`
}

/** The count in a map's values, one per CPU where it has so many: their sum, 0 where nothing is under the key. */
export function countIn(
  values: readonly string[],
  { offsetBytes, sizeBytes, isBigEndian }: CounterPlace,
): number {
  const isReversed = !isBigEndian && endianness() === 'LE'
  return values.reduce((sum, hex) => {
    const bytes = [...Buffer.from(hex, 'hex').subarray(offsetBytes, offsetBytes + sizeBytes)]
    const ordered = isReversed ? bytes.toReversed() : bytes
    return sum + ordered.reduce((value, byte) => value * 256 + byte, 0)
  }, 0)
}
