/** How long things take, for people. */
import type { RunRecord } from '../record/record.ts'

/** `22 s`, `3 min`. */
export const roughTime = (seconds: number): string =>
  seconds < 99.5 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`

/** How long a run took. */
export const wallTime = ({ startedAt, finishedAt }: Pick<RunRecord, 'startedAt' | 'finishedAt'>): string =>
  roughTime((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)
