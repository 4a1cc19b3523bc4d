/** Talks with a program that reads orders and writes answers, a line of JSON each. */
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { endsWithin } from './ends-within.ts'
import { BenchError } from './errors.ts'
import { killGroup } from './kill-group.ts'
import { isOutOfProcesses, OutOfProcesses } from './process-room.ts'
import type { RoundTrips } from './round-trips.ts'
import type { Command } from './tool.ts'
import { watch } from './watchdog.ts'

export interface Conversation {
  readonly tell: (order: object) => void
  /**
   * The next answer. A program that is stopped, or takes longer, is killed.
   *
   * @param what is being done, for the message: `open the sockets`
   * @throws BenchError `failed` if the program has ended, `machine` if that is for want of processes
   */
  readonly hear: (what: string, limitS?: number) => Promise<unknown>
  /** Says that no order follows. */
  readonly endInput: () => void
  /** Ends the program by ending its input; kills it if that does not. */
  readonly end: () => Promise<void>
}

/** Longest that an answer may take where nothing is said. */
export const usualLimitS = 120
/** Longest that a program is waited for to end by itself. */
const patienceS = 10

/**
 * @param name the program's, for messages
 * @param roundTrips what counts waits for answers, where it is on another host
 */
export function converse(
  name: string,
  [file, ...commandArguments]: Command,
  roundTrips?: RoundTrips,
): Conversation {
  const child = execa(file, commandArguments, {
    stdin: 'pipe',
    detached: true,
    reject: false,
    buffer: { stdout: false },
  })
  const lines = createInterface({ input: child.stdout, crlfDelay: Infinity })[Symbol.asyncIterator]()
  // A write to a program that has just ended fails; its end is told by the missing answer.
  child.stdin.on('error', () => undefined)
  const killUnlessEnded = async (): Promise<void> => {
    if (!(await endsWithin(child, patienceS))) killGroup(child.pid)
  }
  const endInput = (): void => {
    child.stdin.end()
  }
  return {
    tell: (order) => {
      child.stdin.write(`${JSON.stringify(order)}\n`)
    },
    hear: async (what, limitS = usualLimitS) => {
      const watchdog = watch(child.pid, limitS)
      const next = lines.next()
      const { value, done } = await (roundTrips?.wait(next) ?? next)
      watchdog.callOff()
      if (done !== true) return JSON.parse(value) as unknown
      await killUnlessEnded()
      const { stderr, exitCode, signal, cause } = await child
      if (isOutOfProcesses(stderr, cause))
        throw new OutOfProcesses(`Could not ${what}: no process could be started`, stderr, cause)
      const how = watchdog.reason() ?? signal ?? `exit code ${exitCode}`
      throw new BenchError(`Could not ${what}: ${name} ended (${how})`, {
        trouble: 'failed',
        details: stderr,
        hint: 'what was measured until then is kept; run again, and report it if it comes back',
      })
    },
    endInput,
    end: async () => {
      endInput()
      await killUnlessEnded()
      await endsWithin(child, patienceS)
    },
  }
}
