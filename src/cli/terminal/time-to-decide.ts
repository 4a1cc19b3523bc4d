/** How long a run would have to be for a comparison to be decided. Pure. */
import type { Comparison, RunRecord } from '../../record/record.ts'

/** A longer run than this would hardly be waited for. */
const mostS = 3600
/** Intervals of runs of one length differ by about this much. */
const safety = 1.2

/**
 * Seconds of measuring, if the estimate stays where it is: an interval narrows with the root of the time. Undefined
 * where no interval is known, or the estimate stands too near an edge of the margin.
 */
export function timeToDecideS({ ratio, margin }: Comparison, { settings }: RunRecord): number | undefined {
  const { estimate, low, high } = ratio
  if (low === null || high === null || low <= 0) return undefined
  const at = Math.log(estimate)
  const edge = Math.log(1 + margin)
  const reach = Math.max(Math.log(high) - at, at - Math.log(low)) * safety
  const distance = Math.abs(Math.abs(at) - edge)
  const times = (reach / distance) ** 2
  const seconds = settings.roundTimeS * settings.rounds * Math.max(1, times)
  return seconds > mostS ? undefined : roundedUp(seconds)
}

/** To a number that one would type. */
function roundedUp(seconds: number): number {
  const step = seconds < 100 ? 10 : 60
  return Math.ceil(seconds / step) * step
}
