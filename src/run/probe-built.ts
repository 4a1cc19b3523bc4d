/** Whether the paths of a round that are built answer, and what their programs cost by themselves. */
import { openEnds } from '../load/open-ends.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { hasCgroup } from '../topology/cgroups.ts'
import { reasonOf, thrownReason } from './broken-reason.ts'
import { type BuiltPaths, removePaths } from './live-paths.ts'
import { probePaths, type ProbeTools } from './probe.ts'
import type { RoundContext } from './round-context.ts'

/** The paths of a round that could be built. */
export interface Built extends Pick<BuiltPaths, 'sites'> {
  readonly paths: readonly ScenarioPath[]
}

/** What paths are built of, and taken away by. */
export const partsOf = ({ input: { plan, scenario } }: Pick<RoundContext, 'input'>) => ({
  load: plan.load,
  place: scenario.place,
})

/** What a path is probed with. */
export const probeToolsOf = ({
  input,
  tools,
  drivers,
  pathSwitch,
  ending,
  log,
}: RoundContext): ProbeTools => ({
  ...{ ...tools, drivers, pathSwitch, objects: input.objects },
  // Devices that are there already stay as they are, and a wire shows it by itself.
  isAskedWithChecksums: ({ name }) =>
    input.scenario.place === 'sandbox' && !log.samples.trials.some(({ path }) => path === name),
  isInterrupted: () => ending.isInterrupted(),
  client: input.scenario.client.namespace,
})

/** Opens the ends of paths, and takes down those that it cannot be done for. @returns the others */
export const openEndsOf = async (
  context: RoundContext,
  paths: readonly ScenarioPath[],
): Promise<readonly ScenarioPath[]> => {
  const { generator, sandbox } = context.tools
  // Programs of sockets run when these are connected, which is now.
  const isCounting = paths.some(hasCgroup)
  if (isCounting) await generator.countProgramRuns(true)
  const open = await openEnds(context.drivers, paths, async (path, error) => {
    context.log.add(['left out', path.name, reasonOf(error)])
    await removePaths(sandbox, [path], partsOf(context))
  })
  if (isCounting) await generator.countProgramRuns(false)
  return open
}

/** Probes paths, and takes down those that are dead. @returns the others */
export async function probeBuilt(context: RoundContext, built: Built): Promise<readonly ScenarioPath[]> {
  const { pathSwitch } = context
  if (pathSwitch === undefined) return await probeUp(context, built, built.paths)
  // What is counted in the namespaces that paths share is of the one that is up.
  const alive: ScenarioPath[] = []
  for (const path of built.paths) {
    // Programs of its own commands are there from then on. Why one cannot be brought up, its probe tells.
    await pathSwitch.to(path).then(() => undefined, thrownReason)
    alive.push(...(await probeUp(context, built, [path])))
  }
  return alive
}

/** Probes some of the paths, and runs those of their programs once more that have a sample. */
async function probeUp(
  context: RoundContext,
  built: Built,
  paths: readonly ScenarioPath[],
): Promise<readonly ScenarioPath[]> {
  const { input, tools, drivers, programCostMeter, log, pathSwitch } = context
  const endWatch = await programCostMeter.watch(paths, built.sites)
  let alive = paths
  const takeDown = async (dead: ScenarioPath): Promise<readonly ScenarioPath[]> => {
    alive = alive.filter((path) => path !== dead)
    // Sockets hold their namespaces.
    await drivers.close()
    await pathSwitch?.off()
    await removePaths(tools.sandbox, [dead], partsOf(context))
    if (pathSwitch === undefined) alive = await openEndsOf(context, alive)
    else await drivers.open(built.paths)
    return alive
  }
  const handling = { takeDown, endsEarly: true }
  const results = await probePaths(probeToolsOf(context), paths, input.plan.load, handling)
  for (const { path, ...result } of results) log.add(['probed', path.name, result])
  const evidences = await endWatch(alive)
  if (alive.length === 0) return alive
  log.add(['costs', await programCostMeter.measure(log.remaining(alive), built.sites, evidences)])
  return alive
}
