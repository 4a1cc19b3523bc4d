/** Drives HTTP load with h2load, one process a trial: requests over connections that it opens. */
import { type Sandbox, sandboxFolders } from '../topology/sandbox.ts'
import { stepLimitS } from '../topology/steps.ts'
import type { Generator } from './generator.ts'
import { histogramOf } from './histogram.ts'
import type { Fetched, HistogramData, Target } from './protocol.ts'
import { pageCheckOrder } from './page-check.ts'
import { isSizeOfPages, measuredPage, userAgent } from './web-page.ts'

/** One HTTP trial to run. */
export interface HttpOrder {
  readonly path: string
  readonly kind: 'http'
  readonly requests: number
  readonly connections: number
}

/** What came of it. */
export interface HttpAnswer {
  readonly path: string
  readonly kind: 'http'
  /** CLOCK_MONOTONIC when the first request was sent. */
  readonly startNs: number
  readonly durationNs: number
  readonly sent: number
  /** Requests answered with a status of 2xx. */
  readonly received: number
  readonly lost: number
  readonly connections: number
  /** Requests answered a second, from h2load's start to its last answer, connecting included. */
  readonly httpRps: number
  readonly httpLatencyNs: HistogramData
  /** Whether bodies had another size in all than the pages asked for: one of them at least was another. */
  readonly isOfOtherSize: boolean
  /** What came of the pages got beside the trial, where it was looked. */
  readonly check?: PageCheck
}

/** Pages that were got and compared. */
export interface PageCheck extends Fetched {
  readonly requests: number
}

/** The client's side of a path. */
export interface HttpClient {
  readonly namespaceFile: string
  /** What it calls; where there are several, every trial calls the next. */
  readonly targets: readonly HttpTarget[]
  /** UNIX sockets that its servers listen on, too. */
  readonly servers: readonly string[]
}

export interface HttpTarget extends Target {
  /** Of `servers`, the one that has the address, where one alone has. */
  readonly server?: number
}

export interface HttpLoad {
  /** Runs trials back to back. @throws BenchError `failed` if h2load cannot be run */
  readonly runTrials: (orders: readonly HttpOrder[]) => Promise<HttpAnswer[]>
  /**
   * Adds what comes of pages got over the same path, to be compared with what the servers send; not where the
   * trial had no answer, which says enough.
   */
  readonly checkPages: (answer: HttpAnswer) => Promise<HttpAnswer>
}

export interface HttpTools {
  readonly sandbox: Sandbox
  readonly generator: Pick<Generator, 'fetchPages'>
}

/** HTTP load for live paths. @param cpu where h2load runs */
export function httpLoad(
  { sandbox, generator }: HttpTools,
  clients: ReadonlyMap<string, HttpClient>,
  cpu: number,
): HttpLoad {
  const called = new Map<string, number>()
  const clientOf = (path: string): HttpClient => {
    const client = clients.get(path)
    if (client === undefined) throw new Error(`no HTTP client on path ${path}`)
    return client
  }
  const callFor = (order: HttpOrder): Call => {
    const client = clientOf(order.path)
    const turn = called.get(order.path) ?? 0
    called.set(order.path, turn + 1)
    const target = client.targets[turn % client.targets.length] ?? { address: '', port: 0 }
    return { order, target, namespaceFile: client.namespaceFile }
  }
  return {
    runTrials: async (orders) => {
      const calls = orders.map(callFor)
      const clockOffsetNs = wallClockNs() - Number(process.hrtime.bigint())
      const [output = ''] = await sandbox.run([
        {
          command: ['taskset', '--cpu-list', String(cpu), 'sh', '-s'],
          input:
            `mkdir -p ${folder}\n: >${folder}/requests\n` +
            calls.map((call) => `${h2loadCommand(call)}\n${afterTrial}`).join(''),
          what: 'send HTTP requests',
          limitS: stepLimitS + orders.length * longestTrialS,
        },
      ])
      const outputs = output.split(endOfTrial)
      return calls.map(({ order, target }, index) =>
        httpAnswer(order, target, outputs[index] ?? '', clockOffsetNs),
      )
    },
    checkPages: async (answer) => {
      if (answer.received === 0) return answer
      const order = pageCheckOrder(clientOf(answer.path))
      return { ...answer, check: { requests: order.requests, ...(await generator.fetchPages(order)) } }
    },
  }
}

/** A trial, and whom it calls. */
interface Call {
  readonly order: HttpOrder
  readonly target: HttpTarget
  readonly namespaceFile: string
}

/** What follows on standard output after a trial: the ASCII group separator. */
const endOfTrial = '\x1d'

const wallClockNs = (): number => (performance.timeOrigin + performance.now()) * 1e6

/** Where h2load writes, in memory. A reader at the other end of a pipe would be woken for every request. */
const folder = sandboxFolders.webClients

// h2load appends to its log. All but `cat` is built into the shell.
const afterTrial = `cat ${folder}/output ${folder}/requests
: >${folder}/requests
printf '\\035'
`

/** Longest that a connection may last, and be silent: a trial that hangs ends as lost requests. */
const longestTrialS = 30
const timeouts = '--connection-active-timeout=5s --connection-inactivity-timeout=2s'

/** A trial as lines of a shell script. A failure shows in what was counted: it does not end the run. */
const h2loadCommand = ({ order, target, namespaceFile }: Call): string =>
  [
    `nsenter --net='${sandboxFolders.namespaces}/${namespaceFile}'`,
    `h2load --h1 --threads=1 --clients=${order.connections} --requests=${order.requests}`,
    `${timeouts} --log-file=${folder}/requests --header='user-agent: ${userAgent}'`,
    `http://${target.address}:${target.port}${measuredPage} >${folder}/output 2>&1`,
  ].join(' ')

/**
 * What h2load's output says of a trial. Every request has a line of its own there: when it was sent, µs
 * since the epoch, its status, and how long it took, µs, between tabs.
 *
 * @param clockOffsetNs wall clock minus CLOCK_MONOTONIC
 */
export function httpAnswer(
  order: HttpOrder,
  target: Target,
  output: string,
  clockOffsetNs: number,
): HttpAnswer {
  const requests = [...output.matchAll(/^(\d+)\t(\d+)\t(\d+)$/gm)].map(([, start, status, duration]) => ({
    startUs: Number(start),
    isAnswered: /^2\d\d$/.test(status ?? ''),
    durationNs: Number(duration) * 1000,
  }))
  const answered = requests.filter(({ isAnswered }) => isAnswered)
  const httpRps = Number(/^finished in .*, ([\d.]+) req\/s/m.exec(output)?.[1] ?? 0)
  const firstUs = requests.reduce((least, { startUs }) => Math.min(least, startUs), Infinity)
  return {
    path: order.path,
    kind: 'http',
    startNs: Number.isFinite(firstUs)
      ? Math.max(0, Math.round(firstUs * 1000 - clockOffsetNs))
      : Number(process.hrtime.bigint()),
    durationNs: httpRps > 0 ? Math.round((answered.length / httpRps) * 1e9) : 0,
    sent: order.requests,
    received: answered.length,
    lost: order.requests - answered.length,
    connections: order.connections,
    httpRps,
    httpLatencyNs: histogramOf(answered.map(({ durationNs }) => durationNs)),
    isOfOtherSize: isOfOtherSize(order, target, answered.length, output),
  }
}

/** Of a request that failed there may be part of a body, in which case nothing can be said. */
function isOfOtherSize({ requests }: HttpOrder, target: Target, answers: number, output: string): boolean {
  const bytes = /^traffic: .*\((\d+)\) data$/m.exec(output)?.[1]
  return answers === requests && bytes !== undefined && !isSizeOfPages(Number(bytes), answers, target)
}
