/** What the control, the baseline built a second time, shows about a run. Pure. */
import { percent } from './share-words.ts'
import { measuredControl, unequalControl } from '../record/control.ts'
import { metricWords } from '../record/metric-words.ts'
import type { Comparison, PathRecord, RunRecord } from '../record/record.ts'
import { farthestFromOne } from '../stats/verdict.ts'

type Warning = RunRecord['warnings'][number]

/** Where it is missing, or not known to be the baseline's equal: each said once, of all metrics. */
export function controlWarnings(paths: readonly PathRecord[], comparisons: readonly Comparison[]): Warning[] {
  if (measuredControl(paths) === undefined)
    return [
      {
        code: 'no-control',
        message:
          'there is no control that was measured: nothing shows what this run makes of a path that does not differ, and none is called equivalent',
      },
    ]
  const unequal = unequalControl(paths, comparisons).flatMap(({ baseline, metric, ratio: { low, high } }) =>
    low === null || high === null
      ? []
      : [
          {
            baseline,
            differs: low > 1 || high < 1,
            by: `${metricWords(metric).noun} by up to ${percent(farthestFromOne({ low, high }))}`,
          },
        ],
  )
  return [...Map.groupBy(unequal, ({ differs }) => differs)].map(([differs, alike]) => {
    const control = `the control, ${alike[0]?.baseline} built a second time,`
    const differing = alike.map(({ by }) => by).join(', ')
    return {
      code: 'control-not-equivalent',
      message: differs
        ? `${control} differs from it in ${differing}: only what exceeds that is called a difference there, and nothing equivalent`
        : `${control} may differ from it in ${differing}: nothing is called equivalent there. A longer run or a quieter machine would tell more`,
    }
  })
}
