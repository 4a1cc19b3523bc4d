/** Drives `udpgen`: one command, one answer. While a block runs, nothing is done here but wait. */
import { builtProgram } from '../host/built.ts'
import { converse } from '../host/conversation.ts'
import { blockLimitS } from './block-limit.ts'
import { BenchError } from '../host/errors.ts'
import type { RoundTrips } from '../host/round-trips.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import { EndsNotOpened } from './ends-not-opened.ts'
import {
  type Answer,
  answerSchema,
  type Connected,
  type Drained,
  type Fetched,
  type MapValues,
  type NamespaceCounters,
  type NamespaceTables,
  type ProgramCost,
  type TrialAnswer,
} from './answers.ts'
import {
  type DevicePlace,
  type Command,
  type FetchOrder,
  type ServedOrder,
  type LiveFrames,
  type MapPlace,
  type PathSockets,
  type ProgramCostOrder,
  type Receiver,
  type TcpTrialOrder,
  type TrialOrder,
} from './protocol.ts'

/** CPUs and kind of receiver that a run's sockets are served with. */
export interface GeneratorPlacement {
  readonly senderCpu: number
  readonly receiverCpu: number
  readonly receiver: Receiver
}

export interface Generator {
  /** The one whose sockets a path has, by its name: this one, unless it is several together. */
  readonly at: (path: string) => Generator
  readonly version: string
  /** How long a spinning receiver of a flood leaves its sockets alone after a look that showed packets. */
  readonly floodPauseNs: number
  /** False where the kernel would not lock its memory: page faults may then fall into trials. */
  readonly isMemoryLocked: boolean
  /** @param liveFrames where an engine of a path's sends by a program */
  readonly open: (
    paths: readonly PathSockets[],
    placement: GeneratorPlacement,
    liveFrames?: LiveFrames,
  ) => Promise<void>
  /** Runs trials back to back, in this order; their records come once all are done. */
  readonly runBlock: (trials: readonly (TrialOrder | TcpTrialOrder)[]) => Promise<readonly TrialAnswer[]>
  /** Opens the TCP connections of a path anew: all or, where one could not be, none. */
  readonly connect: (path: string, timeoutNs: number) => Promise<Connected>
  /** Closes them, by RST. */
  readonly disconnect: (path: string) => Promise<void>
  /**
   * Has the stack compute the checksums of what is sent by devices, or leave them to these as usual. @returns those of the
   * devices that did otherwise before
   */
  readonly computeChecksums: (
    devices: readonly DevicePlace[],
    areComputed: boolean,
  ) => Promise<readonly DevicePlace[]>
  /** Has the kernel count runs of BPF programs, or stop it. */
  readonly countProgramRuns: (isEnabled: boolean) => Promise<void>
  /** Measures what a run of a pinned program costs, on the sender's CPU if sockets have been opened. */
  readonly programCost: (order: ProgramCostOrder) => Promise<ProgramCost>
  /** What the kernel counted in namespaces, by file; with what drivers count, if asked for. */
  readonly readCounters: (
    namespaces: readonly string[],
    withDrivers: boolean,
  ) => Promise<readonly NamespaceCounters[]>
  /** What connections have filled in namespaces, by file. */
  readonly readTables: (namespaces: readonly string[]) => Promise<readonly NamespaceTables[]>
  /** What pinned maps have under a key. */
  readonly readMapValues: (maps: readonly MapPlace[]) => Promise<readonly MapValues[]>
  /** How often pinned programs have run while the kernel counted. */
  readonly readProgramRuns: (pins: readonly string[]) => Promise<readonly number[]>
  /**
   * Empties all sockets, by path: what still lay there has then been delivered, and counted by the kernel.
   * Trials that follow are judged by what is sent from now on.
   */
  readonly drain: () => Promise<readonly Drained[]>
  /** Gets pages over a path, and compares every byte of the answers with what the servers send. */
  readonly fetchPages: (order: FetchOrder) => Promise<Fetched>
  /** How many requests web servers have had together, those for the count among them. */
  readonly countServed: (order: ServedOrder) => Promise<number>
  /** Closes all sockets. */
  readonly close: () => Promise<void>
  /** Ends the process. */
  readonly stop: () => Promise<void>
}

/** EMFILE, in the C library's words. */
const tooManyFiles = 'Too many open files'
/** EADDRINUSE. */
const portTaken = 'Address already in use'
const openSockets = 'open the sockets'
/** So many trials it takes at a time (TRIALS_MAX). */
const mostTrials = 256

/** The error for an order that was not carried out. @param ends those that it is about, if it says so */
function refusal(what: string, cause: string, ends: string | null | undefined): BenchError {
  const message = `Could not ${what}: ${cause}`
  if (cause.endsWith(tooManyFiles))
    return new BenchError(message, {
      trouble: 'machine',
      hint: 'every flow has a socket at either end, on every path: raise `ulimit -n`',
    })
  const options = {
    trouble: 'failed',
    ...(cause.endsWith(portTaken)
      ? { hint: 'end what has this port there (`ss -lntup` in that namespace tells), or take another' }
      : {}),
  } as const
  return what === openSockets && typeof ends === 'string'
    ? new EndsNotOpened(ends, message, options)
    : new BenchError(message, options)
}

/**
 * Starts the generator inside a sandbox.
 *
 * @param roundTrips what counts waits for its answers, where that is on another host
 *
 * Every method throws BenchError `failed` if the generator refuses the command or has ended.
 */
export async function startGenerator(sandbox: Sandbox, roundTrips?: RoundTrips): Promise<Generator> {
  const udpgen = converse('udpgen', sandbox.enter([builtProgram('udpgen')]), roundTrips)
  const nextAnswer = async (what: string, limitS?: number): Promise<Answer> =>
    answerSchema.parse(await udpgen.hear(what, limitS))

  async function ask<Event extends Answer['event']>(
    command: Command,
    event: Event,
    what: string,
    limitS?: number,
  ): Promise<Extract<Answer, { event: Event }>> {
    udpgen.tell(command)
    const answer = await nextAnswer(what, limitS)
    if (isEvent(answer, event)) return answer
    const cause = answer.event === 'error' ? answer.message : `udpgen answered ${answer.event}`
    throw refusal(what, cause, answer.event === 'error' ? answer.path : undefined)
  }

  const ready = await nextAnswer('start the load generator')
  if (ready.event !== 'ready')
    throw new BenchError('Could not start the load generator', { trouble: 'failed' })
  const block = async (trials: readonly (TrialOrder | TcpTrialOrder)[]): Promise<TrialAnswer[]> => {
    const answer = await ask(
      { command: 'block', trials },
      'block',
      'run a block of trials',
      blockLimitS(trials),
    )
    return answer.trials.map((trial) => ({ ...trial, startNs: ready.originS * 1e9 + trial.startNs }))
  }
  const generator: Generator = {
    at: () => generator,
    version: ready.version,
    floodPauseNs: ready.floodPauseNs,
    isMemoryLocked: ready.memoryLocked,
    open: async (paths, placement, liveFrames) => {
      const pins = liveFrames === undefined ? {} : { liveFrames }
      await ask({ command: 'open', ...placement, ...pins, paths }, 'opened', openSockets)
    },
    runBlock: async (trials) => {
      const answers: TrialAnswer[] = []
      for (let first = 0; first < trials.length; first += mostTrials)
        answers.push(...(await block(trials.slice(first, first + mostTrials))))
      return answers
    },
    connect: async (path, timeoutNs) => {
      const { wanted, established, misdirected, error } = await ask(
        { command: 'connect', path, timeoutNs },
        'connected',
        'open TCP connections',
      )
      return { wanted, established, misdirected, error }
    },
    disconnect: async (path) => {
      await ask({ command: 'disconnect', path }, 'disconnected', 'close TCP connections')
    },
    computeChecksums: async (devices, computed) => {
      const { changed } = await ask(
        { command: 'checksums', devices, computed },
        'checksums',
        'have checksums computed',
      )
      return devices.filter((_, index) => changed[index])
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
    readTables: async (namespaces) =>
      (await ask({ command: 'tables', namespaces }, 'tables', 'read what connections have filled'))
        .namespaces,
    readMapValues: async (maps) =>
      (await ask({ command: 'mapValues', maps }, 'mapValues', 'read the values of maps')).values,
    readProgramRuns: async (programs) =>
      (await ask({ command: 'programRuns', programs }, 'programRuns', 'read how often programs ran')).runs,
    drain: async () => (await ask({ command: 'drain' }, 'drained', 'empty the sockets')).paths,
    fetchPages: async (order) => {
      const { answered, corrupted, misdirected } = await ask(
        { command: 'fetch', ...order },
        'fetched',
        'compare HTTP answers with what the server sent',
      )
      return { answered, corrupted, misdirected }
    },
    countServed: async (order) =>
      (await ask({ command: 'served', ...order }, 'served', 'count the requests that web servers have had'))
        .requests,
    close: async () => {
      await ask({ command: 'close' }, 'closed', 'close the sockets')
    },
    stop: udpgen.end,
  }
  return generator
}

function isEvent<Event extends Answer['event']>(
  answer: Answer,
  event: Event,
): answer is Extract<Answer, { event: Event }> {
  return answer.event === event
}
