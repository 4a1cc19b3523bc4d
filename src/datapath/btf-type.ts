/** One type of BTF, as bpftool tells of it. */
import { z } from 'zod'

export const typeSchema = z.looseObject({
  id: z.number(),
  kind: z.string(),
  name: z.string(),
  size: z.number().optional(),
  type_id: z.number().optional(),
  nr_elems: z.number().optional(),
  encoding: z.string().optional(),
  linkage: z.string().optional(),
  params: z.array(z.object({ type_id: z.number() })).optional(),
  members: z
    .array(
      z.object({
        name: z.string(),
        type_id: z.number(),
        bits_offset: z.number(),
        bitfield_size: z.number().optional(),
      }),
    )
    .optional(),
  /** Of an enum; the numbers as texts. */
  values: z.array(z.object({ name: z.string(), val: z.string() })).optional(),
  vars: z.array(z.object({ type_id: z.number() })).optional(),
})

export type BtfType = z.infer<typeof typeSchema>

/** The name that bpftool gives what has none. */
export const nameless = '(anon)'

/**
 * The id of a type that a declaration has no more to say of than its size, as in `__uint(key_size, 4)`. No type
 * of an object has a negative one.
 */
export const impliedTypeId = (bytes: number): number => -bytes

/** The type behind such an id: a number where there is one of that size, else bytes. */
export function impliedType(id: number): BtfType | undefined {
  if (!(id < 0)) return undefined
  const bytes = -id
  return [1, 2, 4, 8, 16].includes(bytes)
    ? { id, kind: 'INT', name: `a number of ${bytes} bytes`, size: bytes, encoding: '(none)' }
    : { id, kind: 'ARRAY', name: nameless, type_id: impliedTypeId(1), nr_elems: bytes }
}
