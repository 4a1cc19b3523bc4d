/** How long things take, for people. */
import type { RunRecord } from '../record/record.ts'
import { formatDuration } from './numbers.ts'

/** `400 ms`, `22 s`, `3 min`, `8 h`, `2.5 h`. */
export function roughTime(seconds: number): string {
  if (seconds > 0 && seconds < 0.9995) return formatDuration(seconds * 1e9)
  if (seconds < 99.5) return `${Math.round(seconds)} s`
  if (seconds < 99.5 * 60) return `${Math.round(seconds / 60)} min`
  return `${Number((seconds / 3600).toFixed(1))} h`
}

/** How long a run took. */
export const wallTime = ({ startedAt, finishedAt }: Pick<RunRecord, 'startedAt' | 'finishedAt'>): string =>
  roughTime((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)
