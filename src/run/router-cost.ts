/** The router's own cost per packet: what a path adds to client and server on one link. Pure. */
import { type Metric, metricsOf } from '../record/metrics.ts'
import type { RunRecord } from '../record/record.ts'
import { excessOverFloor } from '../stats/excess.ts'
import { randomSource } from '../stats/random.ts'
import { type AnalysisInput, pathWithRole } from './analysis-input.ts'
import { movedWork } from './moved-work.ts'
import { undelivered } from './undelivered.ts'
import { valuesByRound } from './values.ts'

/**
 * Of each path on the floor's kernel but the floor. A path without a true cost, as work moved away from the sender that the floor's
 * sender does, or as some of its trials delivered nothing, is left out; where that is so of the baseline,
 * nothing is set against it.
 */
export const routerCostOf = (input: AnalysisInput, resamples: number): RouterCosts =>
  metricsOf(input.trials)
    .filter(({ plain }) => plain === 'costNs')
    .flatMap((metric) => routerCostIn(metric, input, resamples))

type RouterCosts = RunRecord['derived']['routerCost']

function routerCostIn(metric: Metric, input: AnalysisInput, resamples: number): RouterCosts {
  const { measured, paths, seed } = input
  const trial = metric.trial === undefined ? {} : { trial: metric.trial }
  const baseline = pathWithRole(input, 'baseline')
  const floor = pathWithRole(input, 'floor')
  if (baseline === undefined || floor === undefined) return []
  const isTrue = (name: string) =>
    movedWork(measured, name, floor.name, metric) === undefined &&
    undelivered(measured, name, floor.name, metric) === undefined
  const [baselineRounds, floorRounds] = [baseline, floor].map(({ name }) =>
    valuesByRound(measured, name, metric),
  )
  const isBaselineTrue = isTrue(baseline.name)
  return paths
    .filter((path) => path !== floor && path.kernel === floor.kernel && isTrue(path.name))
    .flatMap(({ name }) => {
      const found = excessOverFloor({
        rounds: valuesByRound(measured, name, metric).map((path, round) => ({
          path,
          baseline: baselineRounds?.[round] ?? [],
          floor: floorRounds?.[round] ?? [],
        })),
        hasRatio: name !== baseline.name && isBaselineTrue,
        random: randomSource(seed),
        resamples,
      })
      if (found === null) return []
      const { excess, ratioToBaseline } = found
      return [{ path: name, ...trial, unit: 'ns' as const, ...excess, ratioToBaseline }]
    })
}
