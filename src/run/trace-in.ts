/** Brings paths up in a sandbox, follows packets over them, and takes them down. */
import type { BpfObjects } from '../datapath/bpf-objects.ts'
import { BenchError } from '../host/errors.ts'
import { Drivers } from '../load/drivers.ts'
import { openEnds } from '../load/open-ends.ts'
import type { GeneratorPlacement } from '../load/generator.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import { furnishPlaces } from './furnish-places.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import { keepSwitchesOn } from './kernel-switches.ts'
import { givingBack, type Lab, type Undo } from './lab.ts'
import { inOrderOf, leftOutLines } from './left-out.ts'
import { buildPaths, removePaths } from './live-paths.ts'
import type { PathTrace, TraceOrder, TraceTools } from './live-trace.ts'
import { type FloodSamples, sampleFlood } from './sample-flood.ts'
import { PathSwitch } from './path-switch.ts'
import { endSharedServers, startSharedServers } from './shared-servers.ts'
import { tracedLoads } from './traced-loads.ts'
import { type LivePath, tracePaths, type Traces } from './trace-paths.ts'

/** What is traced, once it is known that it can be built. */
export interface TraceInput {
  readonly scenario: Scenario
  readonly paths: readonly ScenarioPath[]
  readonly objects: BpfObjects
  readonly placement: GeneratorPlacement
}

export interface TraceInOrder extends TraceOrder {
  /** So often packets are sent that are not all answered: carriers and neighbours come a moment after links are up. */
  readonly triesMax?: number
  /** Whether the sender's CPU is looked at in floods, too. */
  readonly isFloodSampled?: boolean
}

export interface BuiltTraces extends Traces {
  /** Paths that could not be brought up, and where times are asked for those that do not deliver, and why. */
  readonly leftOut: ReadonlyMap<string, string>
  /** Of paths' floods, by name. */
  readonly floods: ReadonlyMap<string, FloodSamples>
}

/** @throws BenchError where no path could be brought up and, where times are asked for, delivers, or the kernel does not let packets be traced */
export async function traceIn(
  lab: Pick<Lab, 'sandbox' | 'generator'>,
  input: TraceInput,
  order: TraceInOrder,
): Promise<BuiltTraces> {
  return await givingBack((undo) => bringUpAndTrace(lab, input, order, undo))
}

async function bringUpAndTrace(
  lab: Pick<Lab, 'sandbox' | 'generator'>,
  { scenario, paths, objects, placement }: TraceInput,
  order: TraceInOrder,
  undo: Undo,
): Promise<BuiltTraces> {
  const { sandbox } = lab
  const { place } = scenario
  const load = [tracedLoads[order.load].trial(order.payloadBytes)]
  const parts = { objects, load, place, serverCpu: placement.senderCpu }
  const pathSwitch = place === 'existing' ? new PathSwitch(sandbox, namespaceFileFor) : undefined
  if (pathSwitch !== undefined) {
    await furnishPlaces(sandbox, { paths, objects }, namespaceFileFor)
    await keepSwitchesOn(sandbox, paths)
    const served = { fileOf: namespaceFileFor(paths[0]?.name ?? ''), serverCpu: placement.senderCpu }
    undo.push(() => endSharedServers(sandbox, load))
    await startSharedServers(sandbox, paths, served, load)
  }
  const { failures, sites } = await buildPaths(sandbox, paths, parts)
  undo.push(async () => {
    await pathSwitch?.end()
    const built = paths.filter(({ name }) => sites.has(name))
    await removePaths(sandbox, built, parts)
  })
  const built = paths.flatMap((path): LivePath[] => {
    const site = sites.get(path.name)
    return site === undefined ? [] : [{ path, fileOf: namespaceFileFor(path.name), devices: site.devices }]
  })
  const leftOut = new Map([...failures].map(([name, error]) => [name, error.message] as const))
  if (built.length === 0) throw nothingTraced(paths, leftOut)
  const tools = { ...lab, scenario: { ...scenario, load } }
  const drivers = new Drivers({ ...tools, placement })
  undo.push(() => drivers.close())
  const builtPaths = built.map(({ path }) => path)
  const open = await openEnds(drivers, builtPaths, ({ name }, { message }) => {
    leftOut.set(name, message)
    return Promise.resolve()
  })
  if (open.length === 0) throw nothingTraced(paths, leftOut)
  const live = built.filter(({ path }) => open.includes(path))
  const traces: Traces[] = []
  const floods = new Map<string, FloodSamples>()
  // Paths that share their namespaces are up one at a time.
  for (const group of pathSwitch === undefined ? [live] : live.map((one) => [one])) {
    if (group[0] !== undefined) await pathSwitch?.to(group[0].path)
    traces.push(await traceUntilAnswered(tools, group, order))
    if (order.isFloodSampled !== true) continue
    const flooding = { ...tools, senderCpu: placement.senderCpu }
    for (const { path } of group) floods.set(path.name, await sampleFlood(flooding, path, order.payloadBytes))
  }
  const traced = traces.flatMap((trace) => trace.paths)
  const isWhole = ({ fault }: PathTrace) => !order.isCalibrated || fault === undefined
  for (const { path, fault } of traced.filter((one) => !isWhole(one))) leftOut.set(path.name, `${fault}`)
  if (!traced.some(isWhole)) throw nothingTraced(paths, leftOut)
  return {
    paths: traced.filter(isWhole),
    lost: traces.reduce((sum, { lost }) => sum + lost, 0),
    missing: traces[0]?.missing ?? [],
    leftOut: inOrderOf(paths, leftOut),
    floods,
  }
}

async function traceUntilAnswered(
  tools: TraceTools,
  group: readonly LivePath[],
  order: TraceInOrder,
): Promise<Traces> {
  for (let tries = order.triesMax ?? 1; ; tries -= 1) {
    const traces = await tracePaths(tools, group, order)
    if (tries <= 1 || traces.paths.every(({ sent, answered }) => sent > 0 && answered === sent)) return traces
  }
}

const nothingTraced = (paths: readonly ScenarioPath[], leftOut: ReadonlyMap<string, string>): BenchError =>
  new BenchError('Could not trace packets: no path came up and delivered', {
    trouble: 'failed',
    details: leftOutLines(paths, leftOut),
    hint: '`bench explain` says where the packets of a path end',
  })
