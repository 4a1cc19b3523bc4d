/** One estimate divided by another that was measured in another run. */
import type { LogEstimate } from './log-estimate.ts'
import { studentT } from '../stats/student-t.ts'

/**
 * How far a ratio of two paths moves from run to run beyond what the intervals of the runs say, as a
 * standard deviation on the log scale: over minutes the ratio itself drifts with the state of the host,
 * which no interval of a single run can know of. Measured over ten runs by test/benchmarks/agreement.ts,
 * whose estimates spread by 0.26 % where their intervals say 0.17 %.
 */
export const runDrift = 0.002

/** Degrees of freedom for the normal distribution, by its table. */
const known = 1000

/**
 * above / below with its interval: distances to the ends, which may differ from side to side, are added in
 * quadrature (Zou, Donner 2008, "Construction of confidence limits about effect measures: a general
 * approach", Stat. Med. 27), and with them what drifts from run to run.
 *
 * @param drift standard deviation of each of the two from run to run, on the log scale
 */
export const quotientOf = (above: LogEstimate, below: LogEstimate, drift = runDrift): LogEstimate => ({
  log: above.log - below.log,
  halfWidths: (confidence) => {
    const [one, other] = [above.halfWidths(confidence), below.halfWidths(confidence)]
    const drifted = Math.SQRT2 * drift * studentT(confidence, known)
    return {
      below: Math.hypot(one.below, other.above, drifted),
      above: Math.hypot(one.above, other.below, drifted),
    }
  },
})
