/** How types are laid out: what stands behind their names, their sizes, and the fields that they have. Pure. */
import type { Btf } from './btf.ts'
import { type BtfType, nameless } from './btf-type.ts'

/** The type behind typedefs and qualifiers, and whether one of them says network byte order. */
export function strip(btf: Btf, typeId: number): { type: BtfType; isBigEndian: boolean } {
  let type = btf.type(typeId)
  let isBigEndian = false
  while (['TYPEDEF', 'CONST', 'VOLATILE', 'RESTRICT', 'TYPE_TAG'].includes(type.kind)) {
    isBigEndian ||= /^__be(16|32|64)$/.test(type.name)
    type = btf.type(type.type_id ?? 0)
  }
  return { type, isBigEndian }
}

/** In bytes. */
export function sizeOf(btf: Btf, typeId: number): number {
  const { type } = strip(btf, typeId)
  if (type.kind === 'ARRAY') return (type.nr_elems ?? 0) * sizeOf(btf, type.type_id ?? 0)
  return type.kind === 'PTR' ? 8 : (type.size ?? 0)
}

/** A field of a struct or union, those of its nameless members among them. */
export interface Field {
  readonly name: string
  readonly typeId: number
  /** From the beginning of the struct. */
  readonly bitsOffset: number
  /** Undefined in a field that is no bit-field. */
  readonly bitFieldSize: number | undefined
}

export const isRecord = ({ kind }: BtfType): boolean => kind === 'STRUCT' || kind === 'UNION'

/** The fields that can be named in a struct or union; a nameless member's stand where its own would. */
export function fieldsOf(btf: Btf, type: BtfType, bitsBefore = 0): Field[] {
  return (type.members ?? []).flatMap(({ name, type_id: typeId, bits_offset, bitfield_size: bits = 0 }) => {
    const bitsOffset = bitsBefore + bits_offset
    if (name !== nameless && name !== '')
      return [{ name, typeId, bitsOffset, bitFieldSize: bits === 0 ? undefined : bits }]
    const { type: inner } = strip(btf, typeId)
    // A nameless bit-field is a gap.
    return isRecord(inner) ? fieldsOf(btf, inner, bitsOffset) : []
  })
}

/** `struct service_key`, `a nameless union`, `unsigned int`. */
export function typeWords(type: BtfType): string {
  const isNameless = type.name === nameless || type.name === ''
  if (!isRecord(type)) return isNameless ? `a nameless ${type.kind.toLowerCase()}` : type.name
  const kind = type.kind.toLowerCase()
  return isNameless ? `a nameless ${kind}` : `${kind} ${type.name}`
}
