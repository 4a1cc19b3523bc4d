/** Has programs loaded and their maps filled inside the sandbox, by `bpfload`: one process for all that there is. */
import { z } from 'zod'
import { builtProgram } from '../host/built.ts'
import { BenchError } from '../host/errors.ts'
import { parseAnswer, toolError } from '../host/tool.ts'
import { fileIn, type Sandbox } from '../topology/sandbox.ts'
import type { InstanceOrder } from './load-order.ts'

export const loadedProgramSchema = z.object({
  name: z.string(),
  id: z.number(),
  /** The kernel's digest of the instructions. */
  tag: z.string(),
  /** The maps it uses; `type` as the kernel numbers them (enum bpf_map_type). */
  maps: z.array(z.object({ name: z.string(), type: z.number(), id: z.number() })),
})
const loadedSchema = z.object({ state: z.literal('loaded'), programs: z.array(loadedProgramSchema) })
const refusedSchema = z.object({
  state: z.literal('failed'),
  error: z.string(),
  /** libbpf's warnings, the end of the verifier's log among them. */
  messages: z.string(),
  /** The object's licence; null where it names none. */
  licence: z.string().nullable(),
})
const answerSchema = z.object({
  instances: z.array(z.discriminatedUnion('state', [loadedSchema, refusedSchema])),
})

export type LoadedProgram = z.infer<typeof loadedProgramSchema>
export type LoadRefusal = z.infer<typeof refusedSchema>
export type LoadAnswer = z.infer<typeof loadedSchema> | LoadRefusal

/** The command, to be run inside the sandbox; it reads an order and writes an answer. */
export const loaderCommand = [builtProgram('bpfload')] as const

export const loadOrderText = (instances: readonly InstanceOrder[]): string => JSON.stringify({ instances })

/**
 * Loads instances one after the other; one that is refused does not keep the others from being loaded.
 *
 * @returns an answer for each, in their order
 * @throws BenchError if the loader itself cannot work
 */
export async function loadInstances(
  sandbox: Sandbox,
  orders: readonly InstanceOrder[],
): Promise<readonly LoadAnswer[]> {
  if (orders.length === 0) return []
  const what = 'load BPF programs'
  const there = orders.map((order) => ({ ...order, object: fileIn(sandbox, order.object) }))
  const result = await sandbox.tryStep({ command: loaderCommand, input: loadOrderText(there), what })
  if (!result.stdout.startsWith('{')) {
    if (result.state === 'failed') throw toolError(result, 'build/bpfload', what)
    throw new BenchError(`Could not ${what}: the loader gave no answer`, { trouble: 'failed' })
  }
  return parseAnswer(result.stdout, 'bpfload', what, answerSchema).instances
}
