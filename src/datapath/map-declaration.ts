/** A map as an object declares it: a struct in section .maps, whose members say by their types what it is. Pure. */
import { type BtfType, impliedTypeId } from './btf-type.ts'

export interface MapDeclaration {
  /** As the kernel numbers kinds of maps; undefined in what is no map. */
  readonly kind: number | undefined
  /** Types of the key and of the value; undefined where it has none. */
  readonly key: number | undefined
  readonly value: number | undefined
  /** 0 where it says nothing of it. */
  readonly maxEntries: number
  readonly flags: number
  readonly isPinnedByName: boolean
}

/** LIBBPF_PIN_BY_NAME in bpf_helpers.h. */
const pinByName = 1

/** @param variable of section .maps; `type` finds a type by its id */
export function declarationOf(variable: BtfType, type: (id: number | undefined) => BtfType): MapDeclaration {
  let declared = type(variable.type_id)
  while (['TYPEDEF', 'CONST', 'VOLATILE'].includes(declared.kind)) declared = type(declared.type_id)
  const { members = [] } = declared
  const pointee = (field: string) => {
    const member = members.find(({ name }) => name === field)
    return member === undefined ? undefined : type(member.type_id).type_id
  }
  // A number is declared as the length of an array that is pointed to (__uint() in bpf_helpers.h).
  const numberOf = (field: string) => {
    const array = pointee(field)
    return array === undefined ? undefined : type(array).nr_elems
  }
  const typeOf = (field: string) => {
    const bytes = numberOf(`${field}_size`)
    return pointee(field) ?? (bytes === undefined || bytes === 0 ? undefined : impliedTypeId(bytes))
  }
  return {
    kind: numberOf('type'),
    key: typeOf('key'),
    value: typeOf('value'),
    maxEntries: numberOf('max_entries') ?? 0,
    flags: numberOf('map_flags') ?? 0,
    isPinnedByName: numberOf('pinning') === pinByName,
  }
}
