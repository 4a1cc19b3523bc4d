/** The probe: before a round is measured, that every path answers, and that its programs run. */
import { pinnedPrograms } from '../datapath/attach.ts'
import { readProgramRuns } from '../datapath/counters.ts'
import { addTraffic, type Finding, judgeRuns, noTraffic } from '../datapath/proof.ts'
import type { Generator } from '../load/generator.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Sandbox } from '../topology/sandbox.ts'
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
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
): Promise<ProbeResult[]> {
  await generator.countProgramRuns(true)
  const results: ProbeResult[] = []
  for (const path of paths) results.push(await probe(generator, sandbox, path))
  await generator.countProgramRuns(false)
  return results
}

async function probe(generator: Generator, sandbox: Sandbox, path: ScenarioPath): Promise<ProbeResult> {
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
    // Its programs are fresh: all their runs are those of this probe.
    const counts = await readProgramRuns(sandbox, pinnedPrograms(path))
    const runs = new Map(path.programs.map(({ program }, index) => [program, counts[index] ?? 0]))
    return { path, isAlive: true, reason: '', findings: judgeRuns(path.proof, traffic, runs) }
  }
  const { requestsSent, repliesReceived } = traffic
  const reason = `${repliesReceived} of ${requestsSent} packets were answered when the path was probed`
  return { path, isAlive: false, reason, findings: [] }
}
