/** What `bench check --json` prints. Pure. */
import type { Confirmed } from '../../gates/confirm.ts'
import { worstOf, type Judgement, type Outcome } from '../../gates/judge.ts'
import { judgementReasons } from '../../gates/words.ts'
import type { RunRecord } from '../../record/record.ts'

export interface Checked {
  readonly record: RunRecord
  readonly baseline: RunRecord | undefined
  /** The run that breached and undecided gates were measured again in. */
  readonly fresh: RunRecord | undefined
  readonly first: readonly Judgement[]
  readonly confirmed: readonly Confirmed[]
  /** By gate. */
  readonly outcomes: readonly Outcome[]
  readonly notes: readonly string[]
}

const judgementJson = (judgement: Judgement) => ({
  outcome: judgement.outcome,
  reasons: judgementReasons(judgement),
  figures: judgement.figures,
})

/** The outcome of a check: for each gate what the first run said, the fresh one, and both together. */
export const checkJson = ({ record, baseline, fresh, first, confirmed, outcomes, notes }: Checked) => ({
  scenario: record.scenario,
  run: record.runId,
  baseline: baseline?.runId ?? null,
  freshRun: fresh?.runId ?? null,
  outcome: worstOf(outcomes),
  gates: first.map((judgement, index) => {
    const again = confirmed.find(({ gate }) => gate === judgement.gate)
    return {
      gate: judgement.gate.text,
      source: judgement.gate.source,
      outcome: outcomes[index],
      first: judgementJson(judgement),
      fresh: again === undefined ? null : judgementJson(again.fresh),
    }
  }),
  notes,
})
