/**
 * A round: topologies built afresh, probed, measured in blocks, proved, and taken away. This is the only place
 * that knows this order.
 */
import { setTimeout } from 'node:timers/promises'
import { BenchError } from '../host/errors.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { shuffled } from '../stats/random.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import { keepSwitchesOn } from './kernel-switches.ts'
import { buildPaths, clearPaths, removePaths } from './live-paths.ts'
import { busyAgents } from './busy-agents.ts'
import { endedReason } from './own-commands.ts'
import { reasonOf } from './broken-reason.ts'
import { NotTakenAway } from './not-taken-away.ts'
import { isJudgedBy } from '../parts/proofs/claims.ts'
import { hasCgroup } from '../topology/cgroups.ts'
import { probePaths } from './probe.ts'
import { type Built, openEndsOf, partsOf, probeBuilt, probeToolsOf } from './probe-built.ts'
import type { RoundContext } from './round-context.ts'
import { endSharedServers, startSharedServers } from './shared-servers.ts'
import { tablesLeft } from './round-tables.ts'
import { type PathCounters, startCounting, sumOf } from './round-counters.ts'

/** So soon those that build have their orders, and are at work. */
const orderedWithinMs = 10

/** Measures a round. @returns whether it went to its end */
export async function measureRound(context: RoundContext, round: number): Promise<boolean> {
  const { input, tools, pathSwitch } = context
  if (pathSwitch === undefined) return await measureAfresh(context, round)
  const fileOf = namespaceFileFor(input.paths[0]?.name ?? '')
  const served = { fileOf, serverCpu: input.placement.senderCpu }
  // Points of a sweep, which take turns, may want others of the kernel.
  await keepSwitchesOn(tools.sandbox, input.paths)
  try {
    await startSharedServers(tools.sandbox, input.paths, served, input.plan.load)
    return await measureAfresh(context, round)
  } finally {
    await endSharedServers(tools.sandbox, input.plan.load)
  }
}

/**
 * Takes away what a round that failed has left: who goes on in the same sandbox would meet it.
 *
 * @throws NotTakenAway
 */
export async function clearUp(context: RoundContext): Promise<void> {
  const { input, tools, drivers, pathSwitch } = context
  for (const step of [
    () => drivers.close(),
    () => pathSwitch?.off(),
    () => tools.generator.countProgramRuns(false),
    () => clearPaths(tools.sandbox, input.paths, partsOf(context)),
  ])
    try {
      await step()
    } catch (error) {
      // What failed before is told; this would hide it.
      if (!(error instanceof BenchError) || error instanceof NotTakenAway) throw error
    }
}

async function measureAfresh(context: RoundContext, round: number): Promise<boolean> {
  const { tools, drivers, log, ending, pathSwitch, enter } = context
  enter('build', `round ${round + 1}`)
  const built = await build(context, round)
  const paths = built.paths
  if (ending.reason() !== 'no') {
    await removePaths(tools.sandbox, paths, partsOf(context))
    return false
  }
  const open = await openEndsOf(context, paths)
  enter('probe')
  const alive = await probeBuilt(context, { ...built, paths: open })
  if (alive.length === 0) return false
  if (!ending.isInterrupted()) await measure(context, round, log.remaining(alive))
  enter('teardown')
  await drivers.close()
  await pathSwitch?.off()
  for (const [name, error] of await removePaths(tools.sandbox, alive, partsOf(context)))
    log.add(['left out', name, reasonOf(error)])
  return ending.reason() === 'no'
}

async function build(
  { input, tools, log, ending, besideBuild, random }: RoundContext,
  round: number,
): Promise<Built> {
  const { objects, placement } = input
  // In another order each round: which path gets which memory of the kernel's and the generator's is then for chance
  // to say, and no path keeps a place of its own through a run.
  const wanted = shuffled(log.remaining(input.paths), random)
  // With h2load on one CPU: across two, when which of them sleeps is for chance to say, and rates vary
  // twice as much from trial to trial.
  const parts = { objects, ...partsOf({ input }), serverCpu: placement.senderCpu }
  const ordered = setTimeout(orderedWithinMs).then(async () => {
    await besideBuild(round)
  })
  const [{ failures, sites }] = await Promise.all([buildPaths(tools.sandbox, wanted, parts), ordered])
  // A Ctrl-C reaches tools that have just been started: what failed by that is no fault of a path's.
  if (!ending.isDue()) for (const [name, error] of failures) log.add(['left out', name, reasonOf(error)])
  for (const [name, { programs }] of sites) log.add(['programs', name, programs])
  return { sites, paths: wanted.filter(({ name }) => !failures.has(name)) }
}

/** Measures blocks, and judges each path by what was counted of it. */
async function measure(context: RoundContext, round: number, paths: readonly ScenarioPath[]): Promise<void> {
  const { input, tools, drivers, log } = context
  log.add(['begin'])
  await drivers.drain()
  const counted = await (context.pathSwitch === undefined ? measureLive : measureSwitched)(
    context,
    round,
    paths,
  )
  // One that could not be brought up again went no way that could be held against what it says.
  for (const { name } of paths) {
    const counters = counted.get(name)
    if (counters !== undefined) log.add(['counted', name, counters])
  }
  // Once is enough, where all are live at once.
  if (round === 0 && context.pathSwitch === undefined) {
    const { senderCpu, receiverCpu } = input.placement
    log.add(['busy', await busyAgents(tools.sandbox, log.remaining(paths), [senderCpu, receiverCpu])])
  }
  const tableTools = { ...tools, load: input.plan.load, client: input.scenario.client.namespace }
  for (const [name, tables] of await tablesLeft(tableTools, round, paths)) log.add(['tables', name, tables])
  for (const path of log.remaining(paths)) {
    const ended = await endedReason(tools.sandbox.at(path.name), path)
    if (ended !== undefined) log.add(['left out', path.name, ended])
  }
  await probeOnceMore(context, log.remaining(paths))
  log.add(['end', round])
}

/**
 * A program that ran when its path was probed may have been passed over, or taken away, since. Those at hooks of sockets run
 * where these are opened, and have been seen by then.
 */
async function probeOnceMore(context: RoundContext, alive: readonly ScenarioPath[]): Promise<void> {
  const { input, log, enter } = context
  const paths = alive.filter((path) => isJudgedBy('probe', path.proof) && !hasCgroup(path))
  enter('proof')
  const handling = { takeDown: () => Promise.resolve(paths), endsEarly: false }
  for (const { path, ...result } of await probePaths(
    probeToolsOf(context),
    paths,
    input.plan.load,
    handling,
  )) {
    log.add(['probed', path.name, result])
    log.add(['looked at', path.name])
  }
}

/** What the kernel counted, by path. */
type Counted = ReadonlyMap<string, PathCounters>

/** Paths that are live at once: their counters are read before and after all blocks. */
async function measureLive(
  context: RoundContext,
  round: number,
  paths: readonly ScenarioPath[],
): Promise<Counted> {
  const { input, tools, drivers, log, enter } = context
  const stopCounting = await startCounting({ ...tools, objects: input.objects }, paths)
  await context.measureUp(context, round, paths)
  enter('proof')
  for (const drained of await drivers.drain()) log.add(['drained', drained])
  return await stopCounting()
}

/** Paths that share their namespaces: what is counted while a path is up is of that. */
async function measureSwitched(
  context: RoundContext,
  round: number,
  paths: readonly ScenarioPath[],
): Promise<Counted> {
  const counted = new Map<string, PathCounters>()
  await context.measureUp(context, round, paths, (path, counters) => {
    counted.set(path, sumOf(counted.get(path) ?? new Map(), counters))
  })
  return counted
}
