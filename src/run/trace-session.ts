/** A trace: paths are brought up as for a run, packets followed over them, and all is given back. */
import { BenchError } from '../host/errors.ts'
import { requireTools } from '../host/tools.ts'
import { Drivers } from '../load/drivers.ts'
import { lendNamespaces } from '../topology/existing.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { toolsOf } from '../scenario/tools.ts'
import { alone, type Waiting } from './exclusive.ts'
import { openLab, type Undo } from './lab.ts'
import { buildPaths, removePaths } from './live-paths.ts'
import { PathSwitch } from './path-switch.ts'
import { placementOf } from './placement.ts'
import { prepareScenario } from './prepare-scenario.ts'
import { splitPaths } from './record.ts'
import { startSharedServers } from './shared-servers.ts'
import { type LivePath, type TraceOrder, tracePaths, type Traces, type TraceTools } from './trace-paths.ts'

export interface TraceSessionInput extends TraceOrder {
  readonly scenario: Scenario
  readonly waiting: Waiting
  readonly cpus?: string
  /** So often packets are sent that are not all answered: carriers and neighbours come a moment after links are up. */
  readonly triesMax?: number
}

export interface SessionTraces extends Traces {
  /** Paths that could not be brought up, and why. */
  readonly leftOut: ReadonlyMap<string, string>
  readonly kernel: string
}

/** @throws BenchError where the machine cannot, or no path could be brought up */
export async function traceScenario(input: TraceSessionInput): Promise<SessionTraces> {
  requireTools(toolsOf(input.scenario))
  return await alone(input.waiting, async () => {
    const undo: Undo = []
    try {
      return await traceAlone(input, undo)
    } finally {
      for (const step of undo.toReversed()) await step().catch(() => undefined)
    }
  })
}

async function traceAlone(input: TraceSessionInput, undo: Undo): Promise<SessionTraces> {
  const { scenario } = input
  const placement = placementOf({ receiver: 'spinning' }, input.cpus)
  const works = [prepareScenario(scenario), openLab([scenario], undo)] as const
  await Promise.allSettled(works)
  const [objects, { sandbox, generator, environment, unmet }] = await Promise.all(works)
  const { paths, skipped } = splitPaths(scenario, unmet)
  const { load, place } = scenario
  const parts = { objects, load, place, serverCpu: placement.senderCpu }
  const isSwitched = place === 'existing'
  const pathSwitch = isSwitched ? new PathSwitch(sandbox, namespaceFileFor) : undefined
  if (isSwitched) {
    await lendNamespaces(sandbox, paths, namespaceFileFor)
    const fileOf = namespaceFileFor(paths[0]?.name ?? '')
    await startSharedServers(sandbox, paths, { fileOf, serverCpu: placement.senderCpu }, load)
  }
  const { failures, sites } = await buildPaths(sandbox, paths, parts)
  undo.push(async () => {
    await pathSwitch?.end()
    await removePaths(
      sandbox,
      [...paths].filter(({ name }) => sites.has(name)),
      parts,
    )
  })
  const live = paths.flatMap((path): LivePath[] => {
    const site = sites.get(path.name)
    return site === undefined ? [] : [{ path, fileOf: namespaceFileFor(path.name), devices: site.devices }]
  })
  const leftOut = new Map([
    ...skipped,
    ...[...failures].map(([name, error]) => [name, error.message] as const),
  ])
  if (live.length === 0) throw nothingUp(scenario.name, leftOut)
  const tools = { sandbox, generator, scenario }
  const drivers = new Drivers({ ...tools, placement })
  undo.push(() => drivers.close())
  await drivers.open(live.map(({ path }) => path))
  const groups = isSwitched ? live.map((one) => [one]) : [live]
  const traces: Traces[] = []
  for (const group of groups) {
    if (group[0] !== undefined) await pathSwitch?.to(group[0].path)
    traces.push(await traceUntilAnswered(tools, group, input))
  }
  return {
    paths: traces.flatMap((trace) => trace.paths),
    lost: traces.reduce((sum, { lost }) => sum + lost, 0),
    missing: traces[0]?.missing ?? [],
    ...{ leftOut, kernel: environment.kernel },
  }
}

async function traceUntilAnswered(
  tools: TraceTools,
  group: readonly LivePath[],
  input: TraceSessionInput,
): Promise<Traces> {
  for (let tries = input.triesMax ?? 1; ; tries -= 1) {
    const traces = await tracePaths(tools, group, input)
    if (tries <= 1 || traces.paths.every(({ sent, answered }) => sent > 0 && answered === sent)) return traces
  }
}

const nothingUp = (name: string, leftOut: ReadonlyMap<string, string>): BenchError =>
  new BenchError(`Could not trace ${name}: no path could be brought up`, {
    trouble: 'failed',
    details: [...leftOut].map(([path, reason]) => `${path}: ${reason}`).join('\n'),
  })
