/** The blocks of a round: one trial of every kind for every path, in random order, until the round's share is done. */
import { readIfThere } from '../host/kernel-file.ts'
import { activityBetween, readMachineTime } from '../host/machine-time.ts'
import type { TrialBatch } from '../load/driver.ts'
import type { Drivers } from '../load/drivers.ts'
import { planBlock } from '../load/schedule.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { shuffled } from '../stats/random.ts'
import type { RoundContext } from './round-context.ts'
import { shareDone } from './settings.ts'
import type { TrialPlace } from './trial-records.ts'

/** Measures blocks until the round's share of them is done, or the run is to end. */
export async function measureBlocks(
  context: RoundContext,
  round: number,
  paths: readonly ScenarioPath[],
): Promise<void> {
  const { input, log, ending, enter, showProgress } = context
  for (let block = 0; !ending.isDue(); block += 1) {
    const warmup = block < input.plan.warmupBlocks
    enter(warmup ? 'warmup' : 'measuring')
    const remaining = log.remaining(paths)
    await measureBlock(context, { round, block, warmup }, remaining)
    for (const path of remaining) log.leaveOutIfBroken(path)
    const share = shareDone(input.plan, { round, blocksDone: block + 1, spentS: ending.spentS() })
    showProgress(round, Math.max(0, Math.min(1, share)))
    if (share >= 1) return
  }
}

async function measureBlock(
  { input, drivers, log, random }: RoundContext,
  place: Pick<TrialPlace, 'round' | 'block' | 'warmup'>,
  paths: readonly ScenarioPath[],
): Promise<void> {
  const batches = planBlock(
    paths.map(({ name, allows }) => ({ name, mayLose: (allows.lossRatio ?? 0) > 0 })),
    input.plan.load,
    (items) => shuffled(items, random),
  )
  const before = readMachineTime()
  const startNs = Number(process.hrtime.bigint())
  const ran = await runBatches(drivers, batches)
  const durationNs = Number(process.hrtime.bigint()) - startNs
  const activity = activityBetween(before, readMachineTime())
  log.samples.addBlock({
    ...{ ...place, startNs, durationNs, ...activity },
    frequencyMHz: frequencyMHz(input.placement.senderCpu),
  })
  for (const [position, result] of ran.entries())
    log.addTrial(await drivers.complete(result), { ...place, position })
}

async function runBatches(drivers: Drivers, batches: readonly TrialBatch[]): Promise<TrialResult[]> {
  const ran: TrialResult[] = []
  for (const batch of batches) ran.push(...(await drivers.run(batch)))
  return ran
}

/** What a CPU runs at now, or null where the kernel does not say. */
function frequencyMHz(cpu: number): number | null {
  const kHz = readIfThere(`/sys/devices/system/cpu/cpu${cpu}/cpufreq/scaling_cur_freq`)
  return kHz === '' ? null : Number(kHz) / 1000
}
