/** What a reader has to know of a check beside its outcomes. Pure. */
import { differenceLines } from '../across/differences.ts'
import type { Judgement } from '../gates/judge.ts'
import type { RunRecord } from '../results/record.ts'

/** Partial runs, comparisons that are not made or not to be trusted far, and what differs about two runs. */
export function checkNotes(
  record: RunRecord,
  baseline: RunRecord | undefined,
  judgements: readonly Judgement[],
  isAbsolute: boolean,
): string[] {
  const partial = [record, ...(baseline === undefined ? [] : [baseline])]
    .filter(({ complete }) => !complete)
    .map(({ runId }) => `run ${runId} is partial: its intervals rest on what it measured until it ended`)
  if (baseline === undefined) return partial
  const isUsed = judgements.some(({ gate }) => gate.rule.kind === 'regression')
  return [
    ...partial,
    ...(isUsed
      ? []
      : [
          `nothing is compared with run ${baseline.runId}: no gate says regression, as in "regression <= 3%"`,
        ]),
    ...(isAbsolute
      ? [
          'absolute figures are compared: where others share the machine, its speed alone moves them by tens of percent',
        ]
      : []),
    ...differenceLines(baseline, record).map((line) => `differs from run ${baseline.runId}: ${line}`),
  ]
}
