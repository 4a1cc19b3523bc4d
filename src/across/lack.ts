/** Why a run has no figure of a path. Whoever has none where others have one has failed: nothing is no good result. */
import { metricWords } from '../record/metric-words.ts'
import type { PathRecord, RunRecord } from '../record/record.ts'

type Measured = Pick<RunRecord, 'paths' | 'estimates' | 'comparisons'>

export interface Lack {
  /** `no-figure`: the path was measured, and yet nothing came of it. */
  readonly kind: 'absent' | 'skipped' | 'invalid' | 'no-figure'
  /** Fits after the path's name: `is invalid`. */
  readonly words: string
  /** As recorded. */
  readonly why?: string
}

/** Whether a run knows anything of a path in a metric. A rough record has comparisons alone. */
export const hasFigure = ({ estimates, comparisons }: Measured, path: string, metric: string): boolean =>
  estimates.some((one) => one.path === path && one.metric === metric) ||
  comparisons.some((one) => one.metric === metric && (one.path === path || one.baseline === path))

/** Why a run has no figure of a path in a metric; undefined where it has one. */
export function lackOf(record: Measured, name: string, metric: string): Lack | undefined {
  const path = record.paths.find((one) => one.name === name)
  if (path === undefined) return { kind: 'absent', words: 'is not in the run' }
  if (path.status !== 'measured') return statusLack(path)
  return hasFigure(record, name, metric)
    ? undefined
    : { kind: 'no-figure', words: `has no figure of ${metricWords(metric).noun}` }
}

const statusLack = ({ status, reason }: PathRecord): Lack => ({
  ...(status === 'skipped'
    ? ({ kind: 'skipped', words: 'was skipped' } as const)
    : ({ kind: 'invalid', words: 'is invalid' } as const)),
  why: reason ?? 'no reason was recorded',
})

/** `redirect is invalid: netns-2 forwarded …`. */
export const lackWords = (path: string, { words, why }: Lack): string =>
  `${path} ${words}${why === undefined ? '' : `: ${why}`}`

/** The same with the run's id, where two runs are spoken of. */
export const lackWordsIn = ({ runId }: RunRecord, path: string, lack: Lack): string =>
  lack.kind === 'absent'
    ? `run ${runId} has no path ${path}`
    : lackWords(path, { ...lack, words: `${lack.words} in run ${runId}` })

/**
 * Measured paths of a whole run that have a figure, where another has none. A run that ended early may not have come
 * to it.
 */
export const othersWith = (record: Measured & Pick<RunRecord, 'complete'>, path: string, metric: string) =>
  record.complete
    ? record.paths
        .filter(
          ({ name, status }) => name !== path && status === 'measured' && hasFigure(record, name, metric),
        )
        .map(({ name }) => name)
    : []
