/** What the control, the baseline path built a second time, says about a run. */
import type { RunRecord } from '../results/record.ts'

/** How far from 1, as a factor, the control's interval stays: 1 where it reaches 1, or there is none. */
export const controlFactorOf = ({ paths, comparisons }: RunRecord, metric: string): number => {
  const controls = new Set(paths.filter(({ role }) => role === 'control').map(({ name }) => name))
  const factors = comparisons
    .filter((one) => controls.has(one.path) && one.metric === metric)
    .flatMap(({ ratio: { low, high } }) => (low === null || high === null ? [] : [low, 1 / high]))
  return Math.max(1, ...factors)
}
