/** Watches what programs return to live packets, by a program attached to their end (fexit). */
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { z } from 'zod'
import { BenchError } from '../host/errors.ts'
import { inProject } from '../host/project.ts'
import { endsWithin } from '../host/ends-within.ts'
import { killGroup } from '../host/kill-group.ts'
import { usualLimitS } from '../host/tool.ts'
import { watch } from '../host/watchdog.ts'
import type { Sandbox } from '../topology/sandbox.ts'
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

/** Longest that it is waited for to end once it has answered. */
const patienceS = 10

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
  const [file, ...words] = sandbox.enter([...loaderCommand, 'watch'])
  const child = execa(file, words, {
    stdin: 'pipe',
    detached: true,
    reject: false,
    buffer: { stdout: false },
  })
  const lines = createInterface({ input: child.stdout, crlfDelay: Infinity })[Symbol.asyncIterator]()
  // A write to one that has just ended fails; its end is told by the missing answer.
  child.stdin.on('error', () => undefined)
  const nextLine = async (): Promise<string> => {
    const watchdog = watch(child.pid, usualLimitS)
    const { value, done } = await lines.next()
    watchdog.callOff()
    if (done !== true) return value
    const { stderr } = await child
    throw new BenchError(`Could not watch the programs: ${watchdog.reason() ?? 'bpfload ended'}`, {
      trouble: 'failed',
      details: stderr,
    })
  }
  const witness = inProject('build', 'bpf', 'witness.bpf.o')
  child.stdin.write(JSON.stringify({ witness, programs }))
  await nextLine()
  return async () => {
    child.stdin.end()
    const { programs: seen } = answerSchema.parse(JSON.parse(await nextLine()))
    if (!(await endsWithin(child, patienceS))) killGroup(child.pid)
    return seen
  }
}
