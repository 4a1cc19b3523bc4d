/** Whether a path answers with the load that it is to be measured with, and that its programs run. */
import { pinnedPrograms } from '../datapath/attach.ts'
import { addTraffic, type Finding, judgeRuns, noTraffic, type Traffic } from '../datapath/proof.ts'
import type { Generator } from '../load/generator.ts'
import type { HttpAnswer, HttpLoad } from '../load/http.ts'
import type { TrialAnswer, TrialOrder } from '../load/protocol.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { LoadTrial, UdpTrial } from '../scenario/schema.ts'
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
}

/** Probes the paths one after the other, with every kind and size of the load. */
export async function probePaths(
  generator: Generator,
  paths: readonly ScenarioPath[],
  load: readonly LoadTrial[],
  http: HttpLoad | undefined,
): Promise<ProbeResult[]> {
  const trials = load.filter((trial): trial is UdpTrial => trial.kind !== 'http')
  await generator.countProgramRuns(true)
  const results: ProbeResult[] = []
  for (const path of paths) results.push(await probe({ generator, http }, path, trials))
  await generator.countProgramRuns(false)
  return results
}

interface Drivers {
  readonly generator: Generator
  readonly http: HttpLoad | undefined
}

async function probe(
  { generator, http }: Drivers,
  path: ScenarioPath,
  trials: readonly UdpTrial[],
): Promise<ProbeResult> {
  const udp = await probeUdp(generator, path, trials)
  const web = udp.reason === undefined ? await probeHttp(http, path) : nothingAsked
  const reason = udp.reason ?? web.reason
  if (reason !== undefined) return { path, reason, findings: [] }
  // Its programs are fresh: all their runs are those of this probe.
  const runs = await runsOf(generator, path)
  return { path, reason, findings: judgeRuns(path.proof, addTraffic(udp.traffic, web.traffic), runs) }
}

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
  return { traffic, reason: `${dead.map(describe).join('; ')} when the path was probed` }
}

/** A round trip of each size, then each kind that goes one way. */
function probeOrders(path: string, trials: readonly UdpTrial[]): TrialOrder[] {
  const sizes = [...new Set(trials.map(({ payloadBytes }) => payloadBytes))]
  return [
    ...sizes.map(
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

const describe = (answer: TrialAnswer): string =>
  answer.kind === 'pingpong'
    ? `${deliveredOf(answer)} of ${answer.sent} requests were answered`
    : `${deliveredOf(answer)} of ${answer.sent} packets of a ${answer.kind} trial arrived`

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
