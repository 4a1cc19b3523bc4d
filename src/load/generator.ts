/** Drives `udpgen`: one command, one answer. While a block runs, nothing is done here but wait. */
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { BenchError } from '../host/errors.ts'
import { endsWithin } from '../host/ends-within.ts'
import { inProject } from '../host/project.ts'
import { killGroup } from '../host/kill-group.ts'
import { watch } from '../host/watchdog.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import {
  type Answer,
  answerSchema,
  type Command,
  type Drained,
  type MapPlace,
  type MapValues,
  type NamespaceCounters,
  type PathSockets,
  type ProgramCost,
  type ProgramCostOrder,
  type Receiver,
  type TrialAnswer,
  type TrialOrder,
} from './protocol.ts'

/** CPUs and kind of receiver that a run's sockets are served with. */
export interface GeneratorPlacement {
  readonly senderCpu: number
  readonly receiverCpu: number
  readonly receiver: Receiver
}

export interface Generator {
  readonly version: string
  /** False where the kernel would not lock its memory: page faults may then fall into trials. */
  readonly isMemoryLocked: boolean
  readonly open: (paths: readonly PathSockets[], placement: GeneratorPlacement) => Promise<void>
  /** Runs trials back to back, in this order; their records come once all are done. */
  readonly runBlock: (trials: readonly TrialOrder[]) => Promise<readonly TrialAnswer[]>
  /** Has the kernel count runs of BPF programs, or stop it. */
  readonly countProgramRuns: (isEnabled: boolean) => Promise<void>
  /** Measures what a run of a pinned program costs, on the sender's CPU if sockets have been opened. */
  readonly programCost: (order: ProgramCostOrder) => Promise<ProgramCost>
  /** What the kernel counted in namespaces, by file; with what drivers count, if asked for. */
  readonly readCounters: (
    namespaces: readonly string[],
    withDrivers: boolean,
  ) => Promise<readonly NamespaceCounters[]>
  /** What pinned maps have under a key. */
  readonly readMapValues: (maps: readonly MapPlace[]) => Promise<readonly MapValues[]>
  /** How often pinned programs have run while the kernel counted. */
  readonly readProgramRuns: (pins: readonly string[]) => Promise<readonly number[]>
  /**
   * Empties all sockets, by path: what still lay there has then been delivered, and counted by the kernel.
   * Trials that follow are judged by what is sent from now on.
   */
  readonly drain: () => Promise<readonly Drained[]>
  /** Closes all sockets. */
  readonly close: () => Promise<void>
  /** Ends the process. */
  readonly stop: () => Promise<void>
}

/** Longest that the generator may take for what is no measuring. */
const usualLimitS = 120
/** Longest that it is waited for to end by itself. */
const patienceS = 10
/** EMFILE, in the C library's words. */
const tooManyFiles = 'Too many open files'
/** Far more than a packet takes that is lost, and waited for. */
const longestPacketS = 0.02

/** Longest that trials may take: a paced one has its schedule. */
const blockLimitS = (trials: readonly TrialOrder[]): number =>
  trials.reduce(
    (sum, { packets, ...trial }) =>
      sum + packets * longestPacketS + ('ratePps' in trial ? packets / trial.ratePps : 0),
    usualLimitS,
  )

/**
 * Starts the generator inside a sandbox.
 *
 * Every method throws BenchError `failed` if the generator refuses the command or has ended.
 */
export async function startGenerator(sandbox: Sandbox): Promise<Generator> {
  const [file, ...commandArguments] = sandbox.enter([inProject('build', 'udpgen')])
  const child = execa(file, commandArguments, {
    stdin: 'pipe',
    detached: true,
    reject: false,
    buffer: { stdout: false },
  })
  const lines = createInterface({ input: child.stdout, crlfDelay: Infinity })[Symbol.asyncIterator]()
  // A write to a generator that has just ended fails; its end is told by the missing answer.
  child.stdin.on('error', () => undefined)

  const nextAnswer = async (what: string, limitS = usualLimitS): Promise<Answer> => {
    const watchdog = watch(child.pid, limitS)
    const { value, done } = await lines.next()
    watchdog.callOff()
    if (done !== true) return answerSchema.parse(JSON.parse(value))
    if (!(await endsWithin(child, patienceS))) killGroup(child.pid)
    const { stderr, exitCode, signal } = await child
    const how = watchdog.reason() ?? signal ?? `exit code ${exitCode}`
    throw new BenchError(`Could not ${what}: udpgen ended (${how})`, {
      trouble: 'failed',
      details: stderr,
      hint: 'what was measured until then is kept; run again, and report it if it comes back',
    })
  }
  async function ask<Event extends Answer['event']>(
    command: Command,
    event: Event,
    what: string,
    limitS?: number,
  ): Promise<Extract<Answer, { event: Event }>> {
    child.stdin.write(`${JSON.stringify(command)}\n`)
    const answer = await nextAnswer(what, limitS)
    if (isEvent(answer, event)) return answer
    const cause = answer.event === 'error' ? answer.message : `udpgen answered ${answer.event}`
    throw cause.endsWith(tooManyFiles)
      ? new BenchError(`Could not ${what}: ${cause}`, {
          trouble: 'machine',
          hint: 'every flow has a socket at either end, on every path: raise `ulimit -n`',
        })
      : new BenchError(`Could not ${what}: ${cause}`, { trouble: 'failed' })
  }

  const ready = await nextAnswer('start the load generator')
  if (ready.event !== 'ready')
    throw new BenchError('Could not start the load generator', { trouble: 'failed' })
  return {
    version: ready.version,
    isMemoryLocked: ready.memoryLocked,
    open: async (paths, placement) => {
      await ask({ command: 'open', ...placement, paths }, 'opened', 'open the sockets')
    },
    runBlock: async (trials) => {
      const what = 'run a block of trials'
      const answer = await ask({ command: 'block', trials }, 'block', what, blockLimitS(trials))
      return answer.trials.map((trial) => ({ ...trial, startNs: ready.originS * 1e9 + trial.startNs }))
    },
    countProgramRuns: async (enabled) => {
      await ask({ command: 'bpfStats', enabled }, 'bpfStats', 'count program runs')
    },
    programCost: async (order) => {
      const { action, programNs, floorNs } = await ask(
        { command: 'programCost', ...order },
        'programCost',
        `measure the cost of program ${order.program}`,
      )
      return { action, programNs, floorNs }
    },
    readCounters: async (namespaces, ethtool) =>
      (await ask({ command: 'counters', namespaces, ethtool }, 'counters', 'read the counters')).namespaces,
    readMapValues: async (maps) =>
      (await ask({ command: 'mapValues', maps }, 'mapValues', 'read the values of maps')).values,
    readProgramRuns: async (programs) =>
      (await ask({ command: 'programRuns', programs }, 'programRuns', 'read how often programs ran')).runs,
    drain: async () => (await ask({ command: 'drain' }, 'drained', 'empty the sockets')).paths,
    close: async () => {
      await ask({ command: 'close' }, 'closed', 'close the sockets')
    },
    stop: async () => {
      child.stdin.end()
      if (await endsWithin(child, patienceS)) return
      killGroup(child.pid)
      await endsWithin(child, patienceS)
    },
  }
}

function isEvent<Event extends Answer['event']>(
  answer: Answer,
  event: Event,
): answer is Extract<Answer, { event: Event }> {
  return answer.event === event
}
