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

/** What each set of probes takes, ns, its own clock's time and all else. */
export interface ProbesTime {
  readonly callsNs: number
  readonly restNs: number
}

/** Of the interval's resamples: the same turns have the same one. */
const seed = 16

/** The medians over turns, and what is to be expected without probes, turn by turn. */
export function delaysOf(turns: readonly TurnDelays[]): Delays {
  const medianOf = (probes: keyof TurnDelays): number | undefined => {
    const all = turns.flatMap((turn) => turn[probes] ?? [])
    return all.length === 0 ? undefined : median(all)
  }
  const expected = turns.flatMap(({ calls, rest, all }) =>
    calls === undefined || rest === undefined || all === undefined ? [] : [calls + rest - all],
  )
  const located = locate([expected], { random: randomSource(seed) })
  const [callsNs, restNs] = [medianOf('calls'), medianOf('rest')]
  return {
    tracedNs: medianOf('all') ?? 0,
    ...(callsNs === undefined ? {} : { callsNs }),
    ...(restNs === undefined ? {} : { restNs }),
    untracedNs: medianOf('none') ?? 0,
    ...(located === null
      ? {}
      : { expectedNs: { estimate: located.estimate, low: located.low, high: located.high } }),
  }
}

/** By what both sets are longer than the other alone: the middle of turns; undefined where no turn has all three. */
export function probesTime(turns: readonly TurnDelays[]): ProbesTime | undefined {
  const times = turns.flatMap(({ calls, rest, all }): ProbesTime[] =>
    calls === undefined || rest === undefined || all === undefined
      ? []
      : [{ callsNs: all - rest, restNs: all - calls }],
  )
  if (times.length === 0) return undefined
  return {
    callsNs: median(times.map(({ callsNs }) => callsNs)),
    restNs: median(times.map(({ restNs }) => restNs)),
  }
}
