/** Has lists of steps carried out by a runner (sandbox/runner), wherever that is. */
import { callError } from '../host/tool.ts'
import { watch } from '../host/watchdog.ts'
import { decodeEnds, encodeSteps, exchange, type Step, type StepEnd, stepLimitS } from './steps.ts'

/** Longer than the longest of its steps, s, a list may take: each has an end of its own. */
const listPatienceS = 30

/**
 * The runner is the child of what the sandbox goes with, and has one for each list. What lists have started is not all
 * pathbench's: an agent of a path that has stopped itself is that path's affair. The runner looks after its tools.
 */
const runnerDepth = 2

/** Where a runner is. */
export interface RunnerPlace {
  /** What it is in, for messages. */
  readonly name: string
  /** The process that all goes with. */
  readonly pid: number | undefined
  /** The socket at which lists are taken. */
  readonly socket: string
  /** What is said there before a list. */
  readonly preface?: Buffer
  /** Where files of network namespaces are in there. */
  readonly namespaceFolder: string
}

/** What takes steps to a runner. */
export interface StepTaker {
  /**
   * Runs steps inside, one after the other up to the first that fails, and returns what each wrote on
   * its standard output.
   *
   * @throws BenchError about the step that failed: `machine` if its tool is missing, else `failed`.
   */
  readonly run: (steps: readonly Step[]) => Promise<string[]>
  /** Runs one step inside, and tells how it ended. */
  readonly tryStep: (step: Step) => Promise<StepEnd>
}

export function stepsAt(place: RunnerPlace): StepTaker {
  /** Why all was killed, once it was. */
  let killedFor: string | undefined
  /** How each step ended that was begun; where the runner is gone, the last failed. */
  const carryOut = async (steps: readonly Step[]): Promise<StepEnd[]> => {
    if (steps.length === 0) return []
    const limitS = Math.max(stepLimitS, ...steps.map((step) => step.limitS ?? 0)) + listPatienceS
    const watchdog = watch(place.pid, limitS, runnerDepth)
    const request = encodeSteps(steps, place.namespaceFolder)
    const preface = place.preface ?? Buffer.alloc(0)
    const ends = decodeEnds(await exchange(place.socket, Buffer.concat([preface, request])))
    watchdog.callOff()
    if (ends.length === steps.length || ends.at(-1)?.state === 'failed') return ends
    killedFor ??= watchdog.reason()
    const stderr =
      killedFor === undefined ? `the ${place.name} gave no answer` : `${killedFor}, and was killed`
    return [...ends, { state: 'failed', exitCode: undefined, stdout: '', stderr, cause: undefined }]
  }
  return {
    run: (steps) => outputsOf(steps, carryOut(steps)),
    tryStep: async (step) => (await carryOut([step]))[0]!,
  }
}

/** What steps wrote. @throws BenchError about the one that failed */
export async function outputsOf(
  steps: readonly Step[],
  carriedOut: Promise<readonly StepEnd[]>,
): Promise<string[]> {
  const ended = await carriedOut
  const failed = ended.findIndex(({ state }) => state === 'failed')
  const result = ended[failed]
  const step = steps[failed]
  if (result?.state === 'failed' && step !== undefined) throw callError(result, step)
  return ended.map(({ stdout }) => stdout)
}
