/** The probe: before a round is measured, that every path answers, and that its programs run. */
import { pinnedPrograms } from '../datapath/instances.ts'
import { addTraffic, type Finding, judgeRuns, noTraffic } from '../datapath/proof.ts'
import type { Generator } from '../load/generator.ts'
import type { HttpLoad } from '../load/http.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { trafficOf } from './trial-records.ts'

const probePackets = 32
const probePayloadBytes = 64
/**
 * An interface's carrier and its neighbours' addresses come a moment after the link is up. Each try
 * ends by itself when nothing answers, after some 150 ms.
 */
const tries = 5

export interface ProbeResult {
  readonly path: ScenarioPath
  /** Whether every request of one try was answered. */
  readonly isAlive: boolean
  /** In words, where it is not. */
  readonly reason: string
  readonly findings: readonly Finding[]
}

/** Probes the paths one after the other. */
export async function probePaths(
  generator: Generator,
  paths: readonly ScenarioPath[],
  http: HttpLoad | undefined,
): Promise<ProbeResult[]> {
  await generator.countProgramRuns(true)
  const results: ProbeResult[] = []
  for (const path of paths) results.push(await probe(generator, path))
  await generator.countProgramRuns(false)
  return http === undefined ? results : await probeHttp(http, results)
}

/** A connection for each of the servers, in all likelihood, and a request over each. */
const probeConnections = 8

/** What of `results` is alive is probed with HTTP requests too. */
async function probeHttp(http: HttpLoad, results: readonly ProbeResult[]): Promise<ProbeResult[]> {
  const alive = results.filter(({ isAlive }) => isAlive)
  const answers = await http.runTrials(
    alive.map(({ path }) => ({
      path: path.name,
      kind: 'http',
      requests: probeConnections,
      connections: probeConnections,
    })),
  )
  const dead = new Map(
    answers
      .filter(({ lost }) => lost > 0)
      .map(({ path, sent, received }) => [
        path,
        `${received} of ${sent} HTTP requests were answered when the path was probed`,
      ]),
  )
  return results.map((result) => {
    const reason = dead.get(result.path.name)
    return reason === undefined ? result : { ...result, isAlive: false, reason }
  })
}

async function probe(generator: Generator, path: ScenarioPath): Promise<ProbeResult> {
  const order = {
    path: path.name,
    kind: 'pingpong',
    payloadBytes: probePayloadBytes,
    packets: probePackets,
  } as const
  let traffic = noTraffic
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [trial] = await generator.runBlock([order])
    if (trial === undefined) break
    traffic = addTraffic(traffic, trafficOf(trial))
    if (trial.received < probePackets) continue
    // Its programs are fresh: all their runs are those of this probe, in whichever namespace.
    const names = namesByPin(path)
    const pins = [...names.keys()]
    const counts = pins.length === 0 ? [] : await generator.readProgramRuns(pins)
    const runs = new Map<string, number>()
    for (const [index, name] of [...names.values()].entries())
      runs.set(name, (runs.get(name) ?? 0) + (counts[index] ?? 0))
    return { path, isAlive: true, reason: '', findings: judgeRuns(path.proof, traffic, runs) }
  }
  const { requestsSent, repliesReceived } = traffic
  const reason = `${repliesReceived} of ${requestsSent} packets were answered when the path was probed`
  return { path, isAlive: false, reason, findings: [] }
}

/** The programs of a path by their pins: one that is at two devices of a namespace has one pin and one count. */
const namesByPin = (path: ScenarioPath): Map<string, string> => {
  const pins = pinnedPrograms(path)
  return new Map(path.programs.map(({ program }, index) => [pins[index] ?? '', program]))
}
