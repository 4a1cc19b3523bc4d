/** What the control, the baseline built a second time, shows about a run. Pure. */
import { metricWords } from '../record/metric-words.ts'
import { metricNamed } from '../record/metrics.ts'
import type { Comparison, PathRecord, RunRecord } from '../record/record.ts'
import { reachOf } from '../stats/verdict.ts'

type Warning = RunRecord['warnings'][number]

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** Where it is missing, or not known to be the baseline's equal. */
export function controlWarnings(paths: readonly PathRecord[], comparisons: readonly Comparison[]): Warning[] {
  const control = paths.find(({ role, status }) => role === 'control' && status === 'measured')
  if (control === undefined)
    return [
      {
        code: 'no-control',
        message:
          'there is no control that was measured: nothing shows what this run makes of a path that does not differ, and none is called equivalent',
      },
    ]
  return comparisons
    .filter(
      ({ path, metric, verdict }) =>
        path === control.name && verdict !== 'equivalent' && metricNamed(metric)?.headline,
    )
    .flatMap(notEquivalent)
}

function notEquivalent({ metric, ratio: { low, high }, baseline }: Comparison): Warning[] {
  if (low === null || high === null) return []
  const reach = percent(reachOf({ low, high }))
  const { noun } = metricWords(metric)
  const control = `the control, ${baseline} built a second time,`
  return [
    {
      code: 'control-not-equivalent',
      message:
        low > 1 || high < 1
          ? `${control} differs from it in ${noun}, by up to ${reach}: only what exceeds that is called a difference there, and nothing equivalent`
          : `${control} may differ from it in ${noun} by up to ${reach}: nothing is called equivalent there. A longer run or a quieter machine would tell more`,
    },
  ]
}
