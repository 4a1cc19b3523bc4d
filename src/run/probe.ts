/** Whether a path answers with the load that it is to be measured with, and that its programs run. */
import { pinnedPrograms } from '../datapath/instances.ts'
import { diagnose } from '../datapath/diagnosis.ts'
import type { Generator } from '../load/generator.ts'
import type { HttpAnswer, HttpLoad } from '../load/http.ts'
import type { TrialAnswer, TrialOrder } from '../load/protocol.ts'
import { isJudgedBy, judge } from '../parts/proofs/claims.ts'
import type { Finding } from '../parts/proofs/finding.ts'
import { addTraffic, noTraffic, type Traffic } from '../parts/traffic.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { LoadTrial, UdpTrial } from '../scenario/schema.ts'
import { type CountingTools, startCounting } from './round-counters.ts'
import { trafficOf } from './trial-records.ts'

const probePackets = 32
/**
 * An interface's carrier and its neighbours' addresses come a moment after the link is up. Each try
 * ends by itself when nothing answers, after some 150 ms.
 */
const tries = 5
const timeoutNs = 40e6
const quietNs = 20e6

export interface ProbeResult {
  readonly path: ScenarioPath
  /** In words, where not every request of one try was answered. */
  readonly reason: string | undefined
  readonly findings: readonly Finding[]
  /** Where its packets got lost, hop by hop, where they did. */
  readonly diagnosis: readonly string[]
}

/** What a probe is made with. */
export interface ProbeTools extends CountingTools {
  readonly http: HttpLoad | undefined
  /** The client's namespace. */
  readonly client: string
}

/**
 * Probes the paths one after the other, with every kind and size of the load.
 *
 * @param takeDown called with a path that is dead, before the next is probed: what goes wrong there, such as packets
 *   that go in circles, is to disturb no other
 */
export async function probePaths(
  tools: ProbeTools,
  paths: readonly ScenarioPath[],
  load: readonly LoadTrial[],
  takeDown: (path: ScenarioPath) => Promise<void>,
): Promise<ProbeResult[]> {
  const trials = load.filter((trial): trial is UdpTrial => trial.kind !== 'http')
  const { generator } = tools
  const isCounting = paths.some(({ proof }) => isJudgedBy('probe', proof))
  if (isCounting) await generator.countProgramRuns(true)
  const results: ProbeResult[] = []
  for (const path of paths) {
    const result = await probe(tools, path, trials)
    results.push(result)
    if (result.reason !== undefined) await takeDown(path)
  }
  if (isCounting) await generator.countProgramRuns(false)
  return results
}

async function probe(
  tools: ProbeTools,
  path: ScenarioPath,
  trials: readonly UdpTrial[],
): Promise<ProbeResult> {
  const { generator, http } = tools
  const udp = await probeUdp(generator, path, trials)
  if (udp.reason !== undefined)
    return { path, reason: udp.reason, findings: [], diagnosis: await diagnosePath(tools, path, trials) }
  const web = await probeHttp(http, path)
  if (web.reason !== undefined) return { path, reason: web.reason, findings: [], diagnosis: [] }
  // Its programs are fresh: all their runs are those of this probe.
  const runs = await runsOf(generator, path)
  return {
    path,
    reason: undefined,
    diagnosis: [],
    findings: judge('probe', path.proof, { traffic: addTraffic(udp.traffic, web.traffic), runs }),
  }
}

/** Sends what was not answered once more, with an eye on the kernel's counters. */
async function diagnosePath(
  tools: ProbeTools,
  path: ScenarioPath,
  trials: readonly UdpTrial[],
): Promise<string[]> {
  const stopCounting = await startCounting(tools, [path], true)
  const answers = await tools.generator.runBlock(probeOrders(path.name, trials))
  const counters = (await stopCounting()).get(path.name) ?? new Map()
  const traffic = answers.map(trafficOf).reduce(addTraffic, noTraffic)
  const roundTrips = answers.filter(({ kind }) => kind === 'pingpong')
  return diagnose(path, counters, {
    client: tools.client,
    ...probeCounts(traffic),
    sizes: roundTrips.map((answer, index) => ({
      payloadBytes: sizesOf(trials)[index] ?? 0,
      sent: answer.sent,
      answered: deliveredOf(answer),
    })),
  })
}

/** Traffic in the words of a diagnosis. */
export const probeCounts = (traffic: Traffic) => ({
  sent: traffic.requestsSent,
  received: traffic.requestsReceived,
  answersDue: traffic.repliesSent,
  answered: traffic.repliesReceived,
})

/** How often each program of a path has run, in whichever namespaces; once where it is at several devices of one. */
async function runsOf(generator: Generator, path: ScenarioPath): Promise<ReadonlyMap<string, number>> {
  const pins = pinnedPrograms(path)
  const programOf = new Map(path.programs.map(({ program }, index) => [pins[index] ?? '', program]))
  const counts = programOf.size === 0 ? [] : await generator.readProgramRuns([...programOf.keys()])
  const runs = new Map<string, number>()
  for (const [index, program] of [...programOf.values()].entries())
    runs.set(program, (runs.get(program) ?? 0) + (counts[index] ?? 0))
  return runs
}

interface Asked {
  readonly traffic: Traffic
  /** In words, where it did not answer. */
  readonly reason: string | undefined
}

const nothingAsked: Asked = { traffic: noTraffic, reason: undefined }

/** Tries until all of one try is answered; a path that may lose has to answer something. */
async function probeUdp(
  generator: Generator,
  path: ScenarioPath,
  trials: readonly UdpTrial[],
): Promise<Asked> {
  if (trials.length === 0) return nothingAsked
  let traffic = noTraffic
  let answers: readonly TrialAnswer[] = []
  for (let attempt = 0; attempt < tries; attempt += 1) {
    answers = await generator.runBlock(probeOrders(path.name, trials))
    for (const answer of answers) traffic = addTraffic(traffic, trafficOf(answer))
    if (answers.every((answer) => isAnswered(answer, path))) return { traffic, reason: undefined }
  }
  const dead = answers.filter((answer) => !isAnswered(answer, path))
  return { traffic, reason: `${[...new Set(dead.map(describe))].join('; ')} when the path was probed` }
}

const sizesOf = (trials: readonly UdpTrial[]): number[] => [
  ...new Set(trials.map(({ payloadBytes }) => payloadBytes)),
]

/** A round trip of each size, then each kind that goes one way. */
function probeOrders(path: string, trials: readonly UdpTrial[]): TrialOrder[] {
  return [
    ...sizesOf(trials).map(
      (payloadBytes) =>
        ({ path, kind: 'pingpong', payloadBytes, packets: probePackets, timeoutNs, quietNs }) as const,
    ),
    ...trials
      .filter(({ kind }) => kind !== 'pingpong')
      .map((trial) => ({ path, ...trial, packets: probePackets, quietNs })),
  ]
}

const deliveredOf = (answer: TrialAnswer): number =>
  answer.received + (answer.kind === 'pingpong' ? answer.late : 0)

const isAnswered = (answer: TrialAnswer, { allows }: ScenarioPath): boolean =>
  (allows.lossRatio ?? 0) > 0 ? deliveredOf(answer) > 0 : deliveredOf(answer) >= probePackets

function describe(answer: TrialAnswer): string {
  const { kind, sent, sendError } = answer
  // As netfilter does it, or a route that there is not.
  if (sent === 0 && sendError !== undefined) return `the client's kernel accepted no packet (${sendError})`
  return kind === 'pingpong'
    ? `${deliveredOf(answer)} of ${sent} requests were answered`
    : `${deliveredOf(answer)} of ${sent} packets of a ${kind} trial arrived`
}

/** A connection for each of the servers, in all likelihood, and a request over each. */
const probeConnections = 8

async function probeHttp(http: HttpLoad | undefined, { name: path }: ScenarioPath): Promise<Asked> {
  if (http === undefined) return nothingAsked
  const [answer] = await http.runTrials([
    { path, kind: 'http', requests: probeConnections, connections: probeConnections },
  ])
  if (answer === undefined) return nothingAsked
  const { lost, sent, received } = answer
  return {
    traffic: webTraffic(answer),
    reason:
      lost === 0 ? undefined : `${received} of ${sent} HTTP requests were answered when the path was probed`,
  }
}

/** Of an HTTP request at least one packet goes each way, so that a program on it has run as often. */
const webTraffic = ({ sent, received }: HttpAnswer): Traffic => ({
  ...noTraffic,
  requestsSent: sent,
  requestsReceived: received,
  repliesSent: received,
  repliesReceived: received,
})
