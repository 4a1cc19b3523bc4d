/**
 * BTF, the type information of a BPF object: which programs, maps and global variables it has, and how
 * they are laid out. Source: kernel Documentation/bpf/btf.rst. Pure.
 */
import { type BtfType, impliedType } from './btf-type.ts'
import { declarationOf, type MapDeclaration } from './map-declaration.ts'

/** A global variable: its type, and the section that it is in: `.rodata`, `.data`, `.bss`. */
export interface Variable {
  readonly type: number
  readonly section: string
}

export interface Btf {
  /** Names of the programs. */
  readonly programs: readonly string[]
  /** Maps by name, as they are declared. */
  readonly maps: ReadonlyMap<string, MapDeclaration>
  readonly variables: ReadonlyMap<string, Variable>
  /** Names of maps that are declared as before BTF, and cannot be loaded. */
  readonly legacyMaps: readonly string[]
  /** @throws Error if the id is unknown: a broken object. */
  readonly type: (id: number) => BtfType
}

/** The BTF made of `types`, as bpftool lists them. */
export function btfOf(types: readonly BtfType[]): Btf {
  const byId = new Map(types.map((type) => [type.id, type]))
  const type = (id: number | undefined): BtfType => {
    const found = id === undefined ? undefined : (byId.get(id) ?? impliedType(id))
    if (found === undefined) throw new Error(`BTF has no type ${id}`)
    return found
  }
  const sections = types.filter(({ kind }) => kind === 'DATASEC')
  const variablesIn = (section: BtfType) => (section.vars ?? []).map(({ type_id }) => type(type_id))
  const inSection = (name: string) => sections.filter((one) => one.name === name).flatMap(variablesIn)
  return {
    type,
    programs: types.filter((one) => isProgram(one, type)).map(({ name }) => name),
    maps: new Map(inSection('.maps').map((variable) => [variable.name, declarationOf(variable, type)])),
    variables: new Map(
      sections
        .filter(({ name }) => /^\.(rodata|data|bss)/.test(name))
        .flatMap((section) =>
          variablesIn(section).map((variable) => [
            variable.name,
            { type: variable.type_id ?? 0, section: section.name },
          ]),
        ),
    ),
    legacyMaps: inSection('maps').map(({ name }) => name),
  }
}

/** A program takes its context by a pointer; a global function that takes numbers is a part of one. */
function isProgram({ kind, linkage, type_id }: BtfType, type: (id: number | undefined) => BtfType): boolean {
  if (kind !== 'FUNC' || linkage !== 'global') return false
  const { params: [context, ...others] = [] } = type(type_id)
  return context !== undefined && others.length === 0 && type(context.type_id).kind === 'PTR'
}
