/** A sweep that ended early, as it is gone on with: what a command line does not say is as it was. */
import { resolve } from 'node:path'
import { BenchError } from '../../host/errors.ts'
import { sweeps } from '../../keep/sweep-store.ts'
import type { Sweep } from '../../record/sweep.ts'
import type { RunOptions } from '../../run/settings.ts'
import type { Axis } from '../../scenario/changes/axis.ts'
import type { Changes } from '../../scenario/changes/words.ts'
import { findScenario } from '../../scenario/find.ts'
import { loadScenario } from '../../scenario/load.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { optional } from '../options/measuring-options.ts'

export interface SweepOrder {
  /** As it was given. */
  readonly scenarioName: string
  /** Before any point's values are set. */
  readonly scenario: Scenario
  readonly axes: readonly Axis[]
  readonly changes: Changes
  readonly options: RunOptions
  /** The sweep to go on with: its id, or empty for the newest of the scenario that ended early. */
  readonly resume?: string
}

/** What a sweep is asked to be, once what it goes on with is known. */
export interface AskedSweep extends Omit<SweepOrder, 'resume'> {
  readonly options: RunOptions & { readonly seed: number }
  readonly cpus?: string
  readonly before?: Sweep
}

/**
 * A sweep that ended early, with what it was asked.
 *
 * @throws BenchError `usage` where there is none, or it was asked for something else
 */
export function resumed(
  order: SweepOrder,
  { results, cpus }: { readonly results: string; readonly cpus?: string },
): AskedSweep {
  const { resume = '', scenarioName } = order
  const { kept: sweep, folder } =
    resume === '' ? newestUnfinished(order.scenario.name, results) : sweeps.read(results, resume)
  const { changes = {}, options } = sweep.request
  const scenario = loadScenario(findScenario(scenarioName), changes)
  const reason = otherThan(sweep, {
    ...order,
    scenario,
    cpus,
    isInResults: isSame(folder, sweeps.folderOf(results, sweep)),
  })
  if (reason !== undefined)
    throw new BenchError(`Could not go on with ${sweep.sweepId}: ${reason}`, {
      trouble: 'usage',
      hint: 'start it afresh, without --resume',
    })
  return {
    scenarioName,
    scenario,
    axes: sweep.axes,
    changes,
    options: { ...options, seed: sweep.seed },
    ...optional('cpus', sweep.request.cpus),
    before: sweep,
  }
}

const isSame = (one: string, other: string): boolean => resolve(one) === resolve(other)

interface Resumption extends SweepOrder {
  readonly cpus: string | undefined
  readonly isInResults: boolean
}

/** Why a sweep is not gone on with; what a command line does not say is as it was. */
function otherThan(
  sweep: Sweep,
  { scenario, axes, changes, cpus, isInResults }: Resumption,
): string | undefined {
  const { request } = sweep
  if (sweep.scenario !== scenario.name) return `it is of scenario ${sweep.scenario}`
  if (sweep.complete) return 'it is complete'
  if (sweep.scenarioSource !== scenario.source) return 'the scenario is another by now'
  if (!isInResults) return 'it is not in the folder of results; name that by --results'
  if (axes.length > 0 && JSON.stringify(axes) !== JSON.stringify(sweep.axes))
    return `its values are ${sweep.axes.map(({ name, values }) => `${name}=${values.join(',')}`).join(' ')}`
  if (Object.keys(changes).length > 0 && JSON.stringify(changes) !== JSON.stringify(request.changes))
    return 'it was started with other changes of the scenario'
  if (cpus !== undefined && cpus !== request.cpus)
    return `it is measured with ${request.cpus ?? 'CPUs of pathbench’s choice'}`
  return undefined
}

function newestUnfinished(scenario: string, results: string) {
  const found = sweeps
    .list(results)
    .filter((one) => one.scenario === scenario)
    .map(({ folder }) => sweeps.read(results, folder))
    .findLast(({ kept }) => !kept.complete)
  if (found !== undefined) return found
  throw new BenchError(`Could not find a sweep of ${scenario} that ended early`, {
    trouble: 'usage',
    hint: '`bench list` shows the sweeps that are kept',
  })
}
