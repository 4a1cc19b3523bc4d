/** Watches what programs return to live packets, by a program attached to their end (fexit). */
import { z } from 'zod'
import { builtObject } from '../host/built.ts'
import { converse } from '../host/conversation.ts'
import { fileIn, type Sandbox } from '../topology/sandbox.ts'
import { loaderCommand } from './loader.ts'

/** A loaded program. */
export interface WatchedProgram {
  readonly pin: string
  /** Its function's name. */
  readonly name: string
}

const seenSchema = z.union([
  z.object({ actions: z.array(z.tuple([z.number(), z.number()])) }),
  z.object({ failure: z.string() }),
])
const answerSchema = z.object({ programs: z.array(seenSchema) })

/** How often a program returned which code; or why that cannot be seen. */
export type SeenActions = z.infer<typeof seenSchema>

/**
 * Watches programs from now on.
 *
 * @returns what ends it, and gives what each has returned, in their order
 */
export async function watchPrograms(
  sandbox: Sandbox,
  programs: readonly WatchedProgram[],
): Promise<() => Promise<readonly SeenActions[]>> {
  if (programs.length === 0) return () => Promise.resolve([])
  const loader = converse(
    'bpfload',
    sandbox.enter([...loaderCommand, 'watch']),
    sandbox.parts?.remote.roundTrips,
  )
  const witness = fileIn(sandbox, builtObject('witness.bpf.o'))
  const what = 'watch the programs'
  loader.tell({ witness, programs })
  await loader.hear(what)
  return async () => {
    loader.endInput()
    const { programs: seen } = answerSchema.parse(await loader.hear(what))
    await loader.end()
    return seen
  }
}
