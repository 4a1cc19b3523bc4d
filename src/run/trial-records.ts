/** Trials, from what drivers answer to what the record keeps. */
import { statisticsOf } from '../load/histogram.ts'
import { trialIdentity } from '../parts/loads/trial-name.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import { amounts } from '../parts/metrics/metrics.ts'
import type { TrialRecord } from '../record/record.ts'

/** Where in the run a trial stands. */
export interface TrialPlace {
  readonly round: number
  readonly block: number
  readonly position: number
  readonly warmup: boolean
}

/** The record of one trial. Its fields are those of its kind's part, which the record's schema is made from. */
export function trialRecord(trial: TrialResult, place: TrialPlace): TrialRecord {
  const { path, kind, name, startNs, durationNs, sent, received, lost, fields } = trial
  const distributions = Object.fromEntries(
    trial.histograms
      .filter(([, data]) => data.count > 0)
      .map(([distribution, data]) => [distribution, statisticsOf(data)] as const),
  )
  const measured = { ...trial, distributions }
  const figures = amounts
    .filter((amount) => amount.load === kind)
    .flatMap(({ name: figure, of }) => {
      const value = of(measured)
      return value === undefined ? [] : [[figure, value] as const]
    })
  return {
    ...place,
    ...{ path, ...trialIdentity({ kind, name }) },
    ...{ startNs, durationNs, sent, received, lost },
    ...fields,
    ...Object.fromEntries(figures),
    ...distributions,
  }
}
