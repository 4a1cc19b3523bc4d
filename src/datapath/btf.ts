/**
 * BTF, the type information of a BPF object: which programs and maps it has, and how a map's key
 * and value are laid out. Source: kernel Documentation/bpf/btf.rst; read through `bpftool btf dump`.
 */
import { z } from 'zod'
import { parseAnswer, runTool } from '../host/tool.ts'

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

export interface Btf {
  /** Names of the programs. */
  readonly programs: readonly string[]
  readonly maps: ReadonlyMap<string, MapTypes>
  /** @throws Error if the id is unknown: a broken object. */
  readonly type: (id: number) => BtfType
}

/** Reads the BTF of an object file. @throws BenchError if bpftool cannot. */
export async function readBtf(object: string): Promise<Btf> {
  const what = `read the types of ${object}`
  const json = await runTool({ command: ['bpftool', '-j', 'btf', 'dump', 'file', object], what })
  return btfOf(parseAnswer(json, 'bpftool', what, dumpSchema).types)
}

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
  // A map is a variable in section .maps whose struct has pointers to its key's and value's type.
  const mapVariables = types
    .filter(({ kind, name }) => kind === 'DATASEC' && name === '.maps')
    .flatMap(({ vars = [] }) => vars.map(({ type_id }) => type(type_id)))
  return {
    type,
    programs: types.filter(isProgram).map(({ name }) => name),
    maps: new Map(
      mapVariables.flatMap((variable) => {
        const { members = [] } = type(variable.type_id)
        const pointee = (field: string) => {
          const member = members.find(({ name }) => name === field)
          return member === undefined ? undefined : type(member.type_id).type_id
        }
        const key = pointee('key')
        const value = pointee('value')
        return key === undefined || value === undefined ? [] : [[variable.name, { key, value }] as const]
      }),
    ),
  }
}
