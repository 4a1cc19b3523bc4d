/** What a reader has to know of a check beside its outcomes. Pure. */
import { controlCaveats } from '../../across/control.ts'
import { differenceLines } from '../../across/differences.ts'
import { defaultRegression } from '../../gates/gates-for-run.ts'
import type { Judgement } from '../../gates/judge.ts'
import type { RunRecord } from '../../record/record.ts'

/** Runs that are not to be trusted far, what was compared unasked, and what differs about two runs. */
export function checkNotes(
  record: RunRecord,
  baseline: RunRecord | undefined,
  judgements: readonly Judgement[],
  isAbsolute: boolean,
): string[] {
  const runs = [record, ...(baseline === undefined ? [] : [baseline])]
  const caveats = runs.flatMap((run) => [...roughness(run), ...controlCaveats(run)])
  if (baseline === undefined) return caveats
  return [
    ...caveats,
    ...(judgements.some(({ gate }) => gate === defaultRegression)
      ? [
          `no gate says how much worse than run ${baseline.runId} it may be: it is held to "${defaultRegression.text}"`,
        ]
      : []),
    ...(isAbsolute
      ? [
          'absolute figures are compared: where others share the machine, its speed alone moves them by tens of percent',
        ]
      : []),
    ...differenceLines(baseline, record).map((line) => `compared with run ${baseline.runId}: ${line}`),
  ]
}

/** How little a run's figures rest on. */
function roughness({ runId, complete, comparisons }: RunRecord): string[] {
  const hasInterval = comparisons.some(({ ratio: { low, high } }) => low !== null && high !== null)
  return [
    ...(complete ? [] : [`run ${runId} is partial: its intervals rest on what it measured until it ended`]),
    ...(hasInterval ? [] : [`run ${runId} has no interval at all: no ratio can be judged on it`]),
  ]
}
