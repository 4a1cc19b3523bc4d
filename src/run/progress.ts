/** What a run tells while it goes on. The terminal shows it; tests listen. */
import type { Comparison } from '../record/record.ts'

/** The phases of a run, in their order; those of a round come again with every round. */
export type Phase =
  'setup' | 'build' | 'probe' | 'warmup' | 'measuring' | 'proof' | 'teardown' | 'trace' | 'analysis'

export interface RoundProgress {
  /** From 1. */
  readonly round: number
  readonly rounds: number
  /** Share of the round's blocks that is done, 0..1. */
  readonly share: number
  readonly elapsedS: number
  /** What of several things is measured, in a few words. */
  readonly label?: string
}

export interface Progress {
  readonly phase: (phase: Phase, detail?: string) => void
  readonly block: (progress: RoundProgress) => void
  /** The comparisons so far, headline metrics only. */
  readonly estimates: (comparisons: readonly Comparison[]) => void
  readonly warning: (message: string) => void
}
