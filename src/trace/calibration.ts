/**
 * What probes take, and what a delay would be without them, by trials that all have probes. Pure.
 *
 * Probes are in two sets: those of system calls, and the rest. Where what they take adds up, a delay with both is longer
 * than with one set by what the other takes, and a delay with none is calls + rest − all. No trial without probes goes into
 * that, so that such a trial can tell whether it is right.
 */
import { median } from 'simple-statistics'
import type { TracedPath } from '../record/trace.ts'
import { locate } from '../stats/locate.ts'
import { randomSource } from '../stats/random.ts'

/** Median delays of a turn, ns, by the probes that were in place. */
export interface TurnDelays {
  readonly none?: number
  readonly calls?: number
  readonly rest?: number
  readonly all?: number
}

export type Delays = Pick<TracedPath, 'tracedNs' | 'callsNs' | 'restNs' | 'untracedNs' | 'expectedNs'>

/** Of the interval's resamples: the same turns have the same one. */
const seed = 16

/** The medians over turns, and what is to be expected without probes, turn by turn. */
export function delaysOf(turns: readonly TurnDelays[]): Delays {
  const middleOf = (probes: keyof TurnDelays): number | undefined => {
    const all = turns.flatMap((turn) => turn[probes] ?? [])
    return all.length === 0 ? undefined : median(all)
  }
  const expected = turns.flatMap(({ calls, rest, all }) =>
    calls === undefined || rest === undefined || all === undefined ? [] : [calls + rest - all],
  )
  const located = locate([expected], { random: randomSource(seed) })
  const [callsNs, restNs] = [middleOf('calls'), middleOf('rest')]
  return {
    tracedNs: middleOf('all') ?? 0,
    ...(callsNs === undefined ? {} : { callsNs }),
    ...(restNs === undefined ? {} : { restNs }),
    untracedNs: middleOf('none') ?? 0,
    ...(located === null
      ? {}
      : { expectedNs: { estimate: located.estimate, low: located.low, high: located.high } }),
  }
}

/** What each set of probes takes on a path, ns, all in all; undefined where trials with one set alone are missing. */
export const probesNs = ({
  tracedNs,
  callsNs,
  restNs,
}: Delays): { readonly callsNs: number; readonly restNs: number } | undefined =>
  callsNs === undefined || restNs === undefined
    ? undefined
    : { callsNs: tracedNs - restNs, restNs: tracedNs - callsNs }
