/** How long a point of a sweep is measured, and the sweep takes. Pure. */
import { planRun, type RunOptions } from './settings.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** A point is one of many: rounds enough for an interval, and a third of what a run by itself takes. */
const pointRounds = 5
const pointShare = 1 / 3

/** Building, probing and taking down the paths of a round, s: measured on two cores, for four paths. */
const aroundRoundS = 0.45

/**
 * The options of each point: where nothing says how much, a third of a run; a longest time is shared out.
 *
 * @param points how many there are
 */
export function pointOptions<Options extends RunOptions>(
  scenario: Scenario,
  options: Options,
  points: number,
): Options {
  const { rounds, blocks, precision, quick, maxTimeS } = options
  const said = { ...options, ...(maxTimeS === undefined ? {} : { maxTimeS: maxTimeS / points }) }
  if (quick || rounds !== undefined || blocks !== undefined || precision !== undefined) return said
  const whole = planRun(scenario, options).maxTimeS
  return { ...said, rounds: pointRounds, maxTimeS: said.maxTimeS ?? whole * pointShare }
}

/** About how long a sweep takes, s. */
export function sweepTimeS(orders: readonly { scenario: Scenario; options: RunOptions }[]): number {
  return orders.reduce((sum, { scenario, options }) => {
    const { maxTimeS, rounds } = planRun(scenario, options)
    return sum + maxTimeS + rounds * aroundRoundS
  }, 0)
}
