/**
 * BTF, the type information of a BPF object: which programs, maps and global variables it has, and how
 * they are laid out. Source: kernel Documentation/bpf/btf.rst; read through `bpftool btf dump`.
 */
import { basename } from 'node:path'
import { z } from 'zod'
import { BenchError } from '../host/errors.ts'
import { parseAnswer, toolError, tryTool } from '../host/tool.ts'

const typeSchema = z.looseObject({
  id: z.number(),
  kind: z.string(),
  name: z.string(),
  size: z.number().optional(),
  type_id: z.number().optional(),
  nr_elems: z.number().optional(),
  encoding: z.string().optional(),
  linkage: z.string().optional(),
  params: z.array(z.object({ type_id: z.number() })).optional(),
  members: z.array(z.object({ name: z.string(), type_id: z.number(), bits_offset: z.number() })).optional(),
  vars: z.array(z.object({ type_id: z.number() })).optional(),
})
const dumpSchema = z.object({ types: z.array(typeSchema) })

export type BtfType = z.infer<typeof typeSchema>

/** Key and value of a map, as BTF type ids. */
export interface MapTypes {
  readonly key: number
  readonly value: number
}

/** A global variable: its type, and the section that it is in: `.rodata`, `.data`, `.bss`. */
export interface Variable {
  readonly type: number
  readonly section: string
}

export interface Btf {
  /** Names of the programs. */
  readonly programs: readonly string[]
  /** Maps whose entries have a key and a value of some type. */
  readonly maps: ReadonlyMap<string, MapTypes>
  /** Maps whose values are programs or other maps, which have no type of their own. */
  readonly slots: ReadonlyMap<string, 'program' | 'map'>
  readonly variables: ReadonlyMap<string, Variable>
  /** Names of maps that are declared as before BTF, and cannot be loaded. */
  readonly legacyMaps: readonly string[]
  /** @throws Error if the id is unknown: a broken object. */
  readonly type: (id: number) => BtfType
}

/**
 * Reads the BTF of an object file.
 *
 * @param contents the file's bytes
 * @throws BenchError `failed` if it is no BPF object, or has no BTF; `machine` if bpftool is missing
 */
export async function readBtf(object: string, contents: Uint8Array): Promise<Btf> {
  requireBpfObject(object, contents)
  const what = `read the types of ${object}`
  const result = await tryTool(['bpftool', '-j', 'btf', 'dump', 'file', object])
  if (result.state === 'done') return btfOf(parseAnswer(result.stdout, 'bpftool', what, dumpSchema).types)
  if (result.exitCode === 127) throw toolError(result, 'bpftool', what)
  // With -j, bpftool has its reason on standard output.
  const said = /"error":\s*"([^"]*)"/.exec(result.stdout)?.[1]
  throw new BenchError(`Could not ${what}: it has no BTF, or none that can be read`, {
    trouble: 'failed',
    details: said === undefined ? '' : `bpftool: ${said}`,
    hint: `compile it with -g (clang -O2 -g -target bpf …), and strip it by llvm-strip -g alone; or name its source, ${basename(object).replace(/\.o$/, '.c')}`,
    cause: result.cause,
  })
}

/** The machine BPF in an ELF header, EM_BPF (include/uapi/linux/elf-em.h). */
const bpfMachine = 247

function requireBpfObject(object: string, contents: Uint8Array): void {
  const bytes = Buffer.from(contents.buffer, contents.byteOffset, contents.byteLength)
  const isElf = bytes.subarray(0, 4).equals(Buffer.from('\x7fELF', 'latin1')) && bytes.length >= 20
  // Byte 5 is the byte order: 1 for little-endian; the machine is at 18.
  const machine = isElf ? (bytes[5] === 1 ? bytes.readUInt16LE(18) : bytes.readUInt16BE(18)) : undefined
  if (machine === bpfMachine) return
  const is = bytes.length === 0 ? 'it is empty' : isElf ? 'it is for another machine' : 'it is no ELF file'
  throw new BenchError(`Could not read ${object}: it is not a BPF object (${is})`, {
    trouble: 'failed',
    hint: 'compile it with clang -O2 -g -target bpf -c, or name its source',
  })
}

/** Kinds of maps whose values are programs or maps (enum bpf_map_type in include/uapi/linux/bpf.h). */
const slotKinds: ReadonlyMap<number, 'program' | 'map'> = new Map([
  [3, 'program'],
  [12, 'map'],
  [13, 'map'],
])

/** The BTF made of `types`, as bpftool lists them. */
export function btfOf(types: readonly BtfType[]): Btf {
  const byId = new Map(types.map((type) => [type.id, type]))
  const type = (id: number | undefined): BtfType => {
    const found = id === undefined ? undefined : byId.get(id)
    if (found === undefined) throw new Error(`BTF has no type ${id}`)
    return found
  }
  // A program takes its context by a pointer; a global function that takes numbers is a part of one.
  const isProgram = ({ kind, linkage, type_id }: BtfType): boolean => {
    if (kind !== 'FUNC' || linkage !== 'global') return false
    const { params: [context, ...others] = [] } = type(type_id)
    return context !== undefined && others.length === 0 && type(context.type_id).kind === 'PTR'
  }
  const sections = types.filter(({ kind }) => kind === 'DATASEC')
  const variablesIn = (section: BtfType) => (section.vars ?? []).map(({ type_id }) => type(type_id))
  const inSection = (name: string) => sections.filter((one) => one.name === name).flatMap(variablesIn)
  // A map is a variable in section .maps whose struct has pointers to its key's and value's type.
  const declared = inSection('.maps').map((variable) => {
    const { members = [] } = type(variable.type_id)
    const pointee = (field: string) => {
      const member = members.find(({ name }) => name === field)
      return member === undefined ? undefined : type(member.type_id).type_id
    }
    // A number is declared as the length of an array that is pointed to (__uint() in bpf_helpers.h).
    const kind = pointee('type')
    return {
      name: variable.name,
      key: pointee('key'),
      value: pointee('value'),
      slots: kind === undefined ? undefined : slotKinds.get(type(kind).nr_elems ?? 0),
    }
  })
  return {
    type,
    programs: types.filter(isProgram).map(({ name }) => name),
    maps: new Map(
      declared.flatMap(({ name, key, value, slots }) =>
        key === undefined || value === undefined || slots !== undefined
          ? []
          : [[name, { key, value }] as const],
      ),
    ),
    slots: new Map(
      declared.flatMap(({ name, slots }) => (slots === undefined ? [] : [[name, slots] as const])),
    ),
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
