/** Whether a path answers with the load that it is to be measured with, and that its programs run. */
import { pinnedPrograms } from '../datapath/instances.ts'
import { diagnose } from '../datapath/diagnosis.ts'
import type { Asked, Driver } from '../load/driver.ts'
import type { Generator } from '../load/generator.ts'
import type { LoadTrial } from '../parts/loads/loads.ts'
import { isJudgedBy, judge } from '../parts/proofs/claims.ts'
import type { CheckedRule } from '../parts/proofs/checked-rule.ts'
import { addTraffic, type Traffic } from '../parts/traffic.ts'
import { hookedPrograms, type ScenarioPath } from '../scenario/scenario.ts'
import { hasSinkBelowStack, withSockets } from '../scenario/sinks.ts'
import { hasCgroup } from '../topology/cgroups.ts'
import { endedReason } from './own-commands.ts'
import { type AskingTools, askWithChecksums } from './computed-checksums.ts'
import type { PathSwitch } from './path-switch.ts'
import { thrownReason } from './broken-reason.ts'
import { type CountingTools, startCounting } from './round-counters.ts'
import { readTables } from './round-tables.ts'
import { withFullTables } from './table-words.ts'

export interface ProbeResult {
  readonly path: ScenarioPath
  /** In words, where not every request of one try was answered. */
  readonly reason: string | undefined
  readonly findings: readonly CheckedRule[]
  /** Whether the reason is no fault of its: it delivers all, but not where the load takes it. */
  readonly isUnfit?: true
  /** Where its packets got lost, hop by hop, where they did. */
  readonly diagnosis: readonly string[]
}

/** What a probe is made with. */
export interface ProbeTools extends CountingTools, AskingTools {
  readonly pathSwitch: PathSwitch | undefined
  /** Whether somebody wants the run to end. */
  readonly isInterrupted: () => boolean
}

/** What becomes of a path by its probe. */
interface ProbeHandling {
  /**
   * Called with a path that is dead, before the next is probed: what goes wrong there, such as packets that go in circles,
   * is to disturb no other; returns those that are still up.
   */
  readonly takeDown: (path: ScenarioPath) => Promise<readonly ScenarioPath[]>
  /** Whether an interrupt ends it: nothing is measured yet that the other paths' probes are to prove. */
  readonly endsEarly: boolean
}

/**
 * Probes the paths one after the other, with every kind and size of the load. A Ctrl-C ends tools that are at work: what
 * fails then is no fault of a path's, and is not among the results.
 */
export async function probePaths(
  tools: ProbeTools,
  paths: readonly ScenarioPath[],
  load: readonly LoadTrial[],
  { takeDown, endsEarly }: ProbeHandling,
): Promise<ProbeResult[]> {
  const { generator } = tools
  const isCounting = paths.some(({ proof }) => isJudgedBy('probe', proof))
  if (isCounting) await generator.countProgramRuns(true)
  const results: ProbeResult[] = []
  let up = paths
  for (const path of paths) {
    if (endsEarly && tools.isInterrupted()) break
    if (!up.includes(path)) continue
    const result = await probe(tools, path, load)
    if (result.reason !== undefined && tools.isInterrupted()) continue
    results.push(result)
    if (result.reason !== undefined) up = await takeDown(path)
  }
  if (isCounting) await generator.countProgramRuns(false)
  return results
}

async function probe(
  tools: ProbeTools,
  path: ScenarioPath,
  load: readonly LoadTrial[],
): Promise<ProbeResult> {
  const refusal = await tools.pathSwitch?.to(path).then(() => undefined, thrownReason)
  if (refusal !== undefined) return { path, reason: refusal, findings: [], diagnosis: [] }
  const generator = tools.generator.at(path.name)
  // Programs of sockets have run where these were opened, and that counts.
  const before: Runs = hasCgroup(path) ? new Map() : await runsOf(generator, path)
  const ask = async (driver: Driver): Promise<Asked> =>
    await askUntilAnswered(driver, driver.tries, path, load)
  // First, as connections that are made meanwhile know nothing of what devices can do.
  const whole = await askWithChecksums(tools, path, load, ask)
  let { traffic } = whole
  for (const driver of tools.drivers.all()) {
    const asked = await ask(driver)
    if (asked.reason !== undefined) {
      if (hasSinkBelowStack(load) && (await driver.ask(path, withSockets(load))).reason === undefined)
        return { path, reason: passedSink, isUnfit: true, findings: [], diagnosis: [] }
      const reason = withFullTables(`${asked.reason} when the path was probed`, await readTables(tools, path))
      const diagnosis = asked.sizes === undefined ? [] : await diagnosePath(tools, driver, path, load)
      return { path, reason, findings: [], diagnosis }
    }
    traffic = addTraffic(traffic, asked.traffic)
  }
  // Nothing but checksums is to blame where that fails twice: a neighbour may have been slow to answer at first.
  const again = whole.reason === undefined ? whole : await askWithChecksums(tools, path, load, ask)
  if (again.reason !== undefined)
    return {
      path,
      reason: `${again.reason} when the path was probed`,
      findings: [],
      diagnosis: [`likely: ${spoiltChecksums}`],
    }
  if (again !== whole) traffic = addTraffic(traffic, again.traffic)
  const ended = await endedReason(tools.sandbox.at(path.name), path)
  if (ended !== undefined) return { path, reason: ended, findings: [], diagnosis: [] }
  const runs = differences(before, await runsOf(generator, path))
  return { path, reason: undefined, diagnosis: [], findings: judge('probe', path.proof, { traffic, runs }) }
}

/** What is no fault of a path's, and known of none before its packets come: programs decide where they go. */
const passedSink =
  "its packets do not meet the hook at the server's devices by which the sink takes them, as those of bpf_redirect_peer(): by sockets all arrive"

const spoiltChecksums =
  'what rewrites addresses, ports or payload does not update the checksum of TCP: without one in them, its packets arrived'

const differences = (before: Runs, after: Runs): Runs =>
  new Map([...after].map(([program, count]) => [program, count - (before.get(program) ?? 0)]))

/** Tries until all of one try is answered. */
async function askUntilAnswered(
  driver: Driver,
  tries: number,
  path: ScenarioPath,
  load: readonly LoadTrial[],
): Promise<Asked> {
  const asked = await driver.ask(path, load)
  if (asked.reason === undefined || tries <= 1) return asked
  const again = await askUntilAnswered(driver, tries - 1, path, load)
  return { ...again, traffic: addTraffic(asked.traffic, again.traffic) }
}

/** Asks once more for what was not answered, with an eye on the kernel's counters. */
async function diagnosePath(
  tools: ProbeTools,
  driver: Driver,
  path: ScenarioPath,
  load: readonly LoadTrial[],
): Promise<string[]> {
  const stopCounting = await startCounting(tools, [path], true)
  const { traffic, sizes = [] } = await driver.ask(path, load)
  const counters = (await stopCounting()).get(path.name) ?? new Map()
  return diagnose(path, counters, { client: tools.client, ...probeCounts(traffic), sizes })
}

/** Traffic in the words of a diagnosis. */
export const probeCounts = (traffic: Traffic) => ({
  sent: traffic.requestsSent,
  received: traffic.requestsReceived,
  answersDue: traffic.repliesSent,
  answered: traffic.repliesReceived,
})

type Runs = ReadonlyMap<string, number>

/** How often each program of a path has run, in whichever namespaces; once where it is at several devices of one. */
async function runsOf(generator: Generator, path: ScenarioPath): Promise<Runs> {
  const pins = pinnedPrograms(path)
  const programOf = new Map(hookedPrograms(path).map(({ program }, index) => [pins[index] ?? '', program]))
  const counts = programOf.size === 0 ? [] : await generator.readProgramRuns([...programOf.keys()])
  const runs = new Map<string, number>()
  for (const [index, program] of [...programOf.values()].entries())
    runs.set(program, (runs.get(program) ?? 0) + (counts[index] ?? 0))
  return runs
}
