/** Drives a `udpgen` process by its protocol, within namespaces that end with it. */
import { createInterface } from 'node:readline'
import type { ExecutionContext } from 'ava'
import { execa, type ResultPromise } from 'execa'
import type { Topology } from './topologies.ts'

/**
 * The two builds that every behaviour is tested with. Tests run one after the other: each takes the two
 * CPUs for itself, and a dozen at once would leave each thread tens of milliseconds without one.
 */
export const binaries = ['udpgen', 'udpgen-sanitized'] as const

export type Binary = (typeof binaries)[number]

export interface Histogram {
  readonly count: number
  readonly min: number
  readonly max: number
  readonly sum: number
  /** Index and count of every bucket that holds something. */
  readonly buckets: readonly number[]
}

/** A trial's record; fields of other kinds than its own are absent. */
export interface TrialAnswer {
  readonly path: string
  readonly kind: string
  readonly startNs: number
  readonly durationNs: number
  readonly sent: number
  readonly received: number
  readonly lost: number
  readonly reordered: number
  readonly duplicated: number
  readonly corrupted: number
  readonly misdirected: number
  readonly strays: number
  readonly senderCpuPackets: number
  readonly otherCpuPackets: number
  readonly receivedByServer: readonly number[]
  readonly flowsByServer: readonly number[]
  readonly movedPackets: number
  readonly senderCpuNs: number
  readonly receiverCpuNs: number
  readonly senderPreempted: number
  readonly receiverPreempted: number
  readonly sendError?: string
  readonly sendNs: number
  readonly shortSends: number
  readonly requestsReceived: number
  readonly timeouts: number
  readonly late: number
  readonly rttNs: Histogram
  readonly forwardNs: Histogram
  readonly returnNs: Histogram
  readonly pacedForwardNs: Histogram
  readonly pacedForwardUncorrectedNs: Histogram
  readonly scheduleErrorNs: Histogram
  readonly forth: TcpWay
  readonly back: TcpWay
  readonly tcpError?: string
  readonly questionsReceived: number
  readonly busyNs: number
  readonly tcpRrNs: Histogram
  readonly tcpRrUncorrectedNs: Histogram
  readonly tcpCrrNs: Histogram
  readonly timedBytes: number
  readonly zerocopySends?: number
  readonly zerocopyCompleted?: number
  readonly zerocopyCopied?: number
  readonly timedNs: number
}

/** What a trial counts of packets that all arrived as they were sent. */
export const whole = {
  lost: 0,
  corrupted: 0,
  duplicated: 0,
  misdirected: 0,
  strays: 0,
  reordered: 0,
} as const

/** One way of TCP over a path. */
export interface TcpWay {
  readonly segments: number
  readonly retransmitted: number
  readonly duplicated: number
  readonly packetsLeast: number
  readonly packetsMost: number
  readonly windowSegments: number
  readonly smoothedRttNs: number
}

export interface Answer {
  readonly event: string
  readonly command?: string | null
  readonly path?: string
  readonly message?: string
  /** Of `drain`. */
  readonly paths: readonly { readonly path: string; readonly corrupted: number; readonly strays: number }[]
  readonly trials: readonly TrialAnswer[]
  /** Of `counters`: a namespace's each. */
  readonly namespaces: readonly { readonly text: string }[]
  /** Of `connect`. */
  readonly wanted: number
  readonly established: number
  readonly misdirected: number
  readonly error?: string
  /** Of a program's cost. */
  readonly action: number
  readonly programNs: readonly number[]
  readonly floorNs: readonly number[]
}

export interface Generator {
  readonly pid: number
  /** The line that it wrote when it started. */
  readonly ready: Answer
  /** Writes a command, as JSON or as the text given, without waiting for its answer. */
  readonly write: (command: object | string) => void
  /** The next answer. Throws when there is none any more. */
  readonly answer: () => Promise<Answer>
  readonly ask: (command: object | string) => Promise<Answer>
  /** Runs a block; throws on any answer but its records. */
  readonly run: (...trials: readonly object[]) => Promise<readonly TrialAnswer[]>
  /** Stops reading its answers. */
  readonly hangUp: () => void
  /** Closes its standard input; gives its exit code. */
  readonly end: () => Promise<number | undefined>
}

/** How `converse` wants the process started. */
export const pipes = { stdin: 'pipe', stderr: 'inherit', buffer: false, reject: false } as const

/** Brings the built program up to date. Builds at the same time do not disturb each other. */
export const build = async (): Promise<void> => {
  await execa('make', ['-C', 'udpgen', 'all', 'sanitize'])
}

/** The protocol's client side, over the pipes of a process that `execa` has just started. */
export const converse = async (subprocess: ResultPromise<typeof pipes>): Promise<Generator> => {
  const lines = createInterface({ input: subprocess.stdout })[Symbol.asyncIterator]()
  const answer = async (): Promise<Answer> => {
    const line = await lines.next()
    if (line.done) throw new Error('udpgen ended')
    return JSON.parse(line.value) as Answer
  }
  const write = (command: object | string): void => {
    subprocess.stdin.write(`${typeof command === 'string' ? command : JSON.stringify(command)}\n`)
  }
  const ask = (command: object | string): Promise<Answer> => {
    write(command)
    return answer()
  }
  return {
    pid: subprocess.pid!,
    ready: await answer(),
    write,
    answer,
    ask,
    run: async (...trials) => {
      const answered = await ask({ command: 'block', trials })
      if (answered.event !== 'block') throw new Error(answered.message)
      return answered.trials
    },
    hangUp: () => subprocess.stdout.destroy(),
    end: async () => {
      subprocess.stdin.end()
      return (await subprocess).exitCode
    },
  }
}

/**
 * Starts the program in network and mount namespaces of its own, where `topology` is set up first.
 * It ends with the test at the latest.
 */
export const startGenerator = (
  t: ExecutionContext,
  binary: Binary,
  topology: Topology,
): Promise<Generator> => {
  // The system's own tools: npm puts its packages' programs first, and one of those is called nft.
  const script = `set -e\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\n${topology.setup}\nexec "$0"`
  const namespaces = ['--net', '--mount', '--propagation', 'private']
  const subprocess = execa('unshare', [...namespaces, 'sh', '-c', script, `build/${binary}`], pipes)
  t.teardown(() => subprocess.kill('SIGKILL'))
  return converse(subprocess)
}
