/** What would decide an undecided figure. */
import { type Figure, isWithin } from './figure.ts'

export type Outlook =
  /** A run so many times as long, if the estimate stays where it is. */
  | { readonly state: 'longer-run'; readonly times: number }
  /** The other run's own interval, or what drifts from run to run, is too wide: no length of this one helps. */
  | { readonly state: 'other-run' }
  /** The estimate stands so near the limit, for how noisy it is, that no run of reasonable length would do. */
  | { readonly state: 'out-of-reach' }

/** A longer run than this would hardly be waited for. */
const mostTimes = 100
/** Intervals of runs of one length differ by about this much. */
const safety = 1.2

/** @param asked the confidence that a breach has to stand at */
export function outlookOf(figure: Figure, confidence: number, asked: number): Outlook | undefined {
  const { evidence, limit } = figure
  if (evidence.state !== 'measured') return undefined
  const { estimate } = evidence.interval(confidence)
  const within = isWithin(estimate, figure)
  const { low, high } = evidence.interval(within ? confidence : asked)
  const reach = Math.abs((limit < estimate ? low : high) - estimate) * safety
  const distance = Math.abs(estimate - limit)
  const fixed = (1 - evidence.ownShare) * reach ** 2
  if (distance === 0) return { state: 'out-of-reach' }
  if (fixed >= distance ** 2) return { state: 'other-run' }
  const times = (evidence.ownShare * reach ** 2) / (distance ** 2 - fixed)
  return times > mostTimes ? { state: 'out-of-reach' } : { state: 'longer-run', times: Math.max(1, times) }
}
