/** Trials of HTTP load as h2load runs them, one process per trial: what it is asked for, and what it says. Pure. */
import type { HistogramData } from '../parts/histogram-data.ts'
import { endpointText } from '../parts/ip-address.ts'
import { namespacePlace, sandboxFolders } from '../topology/sandbox.ts'
import { type Step, stepLimitS } from '../topology/steps.ts'
import { histogramOf } from './histogram.ts'
import type { Target } from './protocol.ts'
import { isSizeOfPages, measuredPage, userAgent } from './web-page.ts'

/** One HTTP trial to run. */
export interface HttpOrder {
  readonly path: string
  readonly requests: number
  readonly connections: number
}

/** What came of it. */
export interface HttpAnswer {
  readonly path: string
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
}

/** A trial, and whom it calls. */
export interface Call {
  readonly order: HttpOrder
  readonly target: Target
  /** Of the client's namespace. */
  readonly namespaceFile: string
}

/** The step that runs trials back to back. @param cpu where h2load runs */
export const callStep = (calls: readonly Call[], cpu: number): Step => ({
  command: ['taskset', '--cpu-list', String(cpu), 'sh', '-s'],
  input:
    `mkdir -p ${folder}\n: >${folder}/requests\n` +
    calls.map((call) => `${h2loadCommand(call)}\n${afterTrial}`).join(''),
  what: 'send HTTP requests',
  limitS: stepLimitS + calls.length * longestTrialS,
})

/** What that step wrote, as what came of each trial. @param clockOffsetNs wall clock minus CLOCK_MONOTONIC */
export function answersIn(calls: readonly Call[], output: string, clockOffsetNs: number): HttpAnswer[] {
  const outputs = output.split(endOfTrial)
  return calls.map(({ order, target }, index) =>
    httpAnswer(order, target, outputs[index] ?? '', clockOffsetNs),
  )
}

/** What follows on standard output after a trial: the ASCII group separator. */
const endOfTrial = '\x1d'

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
    `nsenter --net='${namespacePlace(namespaceFile)}'`,
    `h2load --h1 --threads=1 --clients=${order.connections} --requests=${order.requests}`,
    `${timeouts} --log-file=${folder}/requests --header='user-agent: ${userAgent}'`,
    `http://${endpointText(target.address, target.port)}${measuredPage} >${folder}/output 2>&1`,
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
