/** A sweep as curves, what they say, and that in sentences: what page, terminal and JSON tell. Pure. */
import type { Records, Sweep } from '../record/sweep.ts'
import { type SweepView, sweepView } from './curves.ts'
import { findingsOf, type SweepFindings } from './findings.ts'
import { sweepSentences } from './sentences.ts'

export interface SweepStory {
  readonly view: SweepView
  readonly findings: SweepFindings
  readonly sentences: readonly string[]
}

/** @returns undefined where no point was measured */
export function storyOf(sweep: Sweep, records: Records): SweepStory | undefined {
  const view = sweepView(sweep, records)
  if (view === undefined) return undefined
  const findings = findingsOf(view, sweep.seed)
  return { view, findings, sentences: sweepSentences(view, findings) }
}
