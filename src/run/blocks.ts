/** The blocks of a round: one trial of every kind for every path, in random order, until the round's share is done. */
import { readIfThere } from '../host/kernel-file.ts'
import { activityBetween, readMachineTime } from '../host/machine-time.ts'
import type { TrialBatch } from '../load/driver.ts'
import { planBlock } from '../load/schedule.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { shuffled } from '../stats/random.ts'
import { endedReason } from './own-commands.ts'
import type { PathSwitch } from './path-switch.ts'
import type { RoundContext, TellCounted } from './round-context.ts'
import { shareDone } from './settings.ts'
import type { TrialPlace } from './trial-records.ts'
import { whileUp } from './while-up.ts'

/** Measures blocks until the round's share of them is done, or the run is to end. */
export async function measureBlocks(
  context: RoundContext,
  round: number,
  paths: readonly ScenarioPath[],
  tellCounted: TellCounted = () => undefined,
): Promise<void> {
  const { input, log, ending, enter, showProgress } = context
  for (let block = 0; !ending.isDue(); block += 1) {
    const warmup = block < input.plan.warmupBlocks
    enter(warmup ? 'warmup' : 'measuring')
    const remaining = log.remaining(paths)
    await measureBlock(context, { round, block, warmup }, remaining, tellCounted)
    for (const { name } of remaining) log.add(['looked at', name])
    const share = shareDone(input.plan, { round, blocksDone: block + 1, spentS: ending.spentS() })
    showProgress(round, Math.max(0, Math.min(1, share)))
    if (share >= 1) return
  }
}

async function measureBlock(
  context: RoundContext,
  place: Pick<TrialPlace, 'round' | 'block' | 'warmup'>,
  paths: readonly ScenarioPath[],
  tellCounted: TellCounted,
): Promise<void> {
  const { input, log, pathSwitch } = context
  const before = readMachineTime()
  const startNs = Number(process.hrtime.bigint())
  const ran =
    pathSwitch === undefined
      ? await runBatches(context, paths)
      : await runSwitched(context, pathSwitch, paths, tellCounted)
  const durationNs = Number(process.hrtime.bigint()) - startNs
  const activity = activityBetween(before, readMachineTime())
  const frequency = { frequencyMHz: frequencyMHz(input.hostCpu ?? input.placement.senderCpu) }
  log.add(['block', { ...place, startNs, durationNs, ...activity, ...frequency }])
  // Paths that share their namespaces are looked at while they are up.
  const whole = pathSwitch === undefined ? await completed(context, ran) : ran
  for (const [position, result] of whole.entries()) log.add(['trial', result, { ...place, position }])
}

/** One trial of each kind for each of the paths, in the order in which they are run. */
const batchesOf = ({ input, random }: RoundContext, paths: readonly ScenarioPath[]): TrialBatch[] =>
  planBlock(
    paths.map(({ name, allows }) => ({ name, mayLose: (allows.lossRatio ?? 0) > 0 })),
    input.plan.load,
    (items) => shuffled(items, random),
  )

async function runBatches(context: RoundContext, paths: readonly ScenarioPath[]): Promise<TrialResult[]> {
  const ran: TrialResult[] = []
  for (const batch of batchesOf(context, paths)) ran.push(...(await context.drivers.run(batch)))
  return ran
}

/** With what can be looked at only once no trial is under way. */
async function completed(
  { drivers }: Pick<RoundContext, 'drivers'>,
  ran: readonly TrialResult[],
): Promise<TrialResult[]> {
  const whole: TrialResult[] = []
  for (const result of ran) whole.push(await drivers.complete(result))
  return whole
}

/** The same in the same order, each path brought up for its trial: that takes place between them. */
async function runSwitched(
  context: RoundContext,
  pathSwitch: PathSwitch,
  paths: readonly ScenarioPath[],
  tellCounted: TellCounted,
): Promise<TrialResult[]> {
  const { tools, drivers, log } = context
  const ran: TrialResult[] = []
  for (const { driver, trials } of batchesOf(context, paths))
    for (const trial of trials) {
      const path = log.remaining(paths).find(({ name }) => name === trial.path.name)
      if (path === undefined) continue
      const results = await whileUp(context, pathSwitch, path, tellCounted, async () => {
        const own = await drivers.run({ driver, trials: [trial] })
        const ended = await endedReason(tools.sandbox.at(path.name), path)
        if (ended !== undefined) log.add(['left out', path.name, ended])
        return own
      })
      if (results !== undefined) ran.push(...(await completed(context, results)))
    }
  return ran
}

/** What a CPU runs at now, or null where the kernel does not say. */
function frequencyMHz(cpu: number): number | null {
  const kHz = readIfThere(`/sys/devices/system/cpu/cpu${cpu}/cpufreq/scaling_cur_freq`)
  return kHz === '' ? null : Number(kHz) / 1000
}
