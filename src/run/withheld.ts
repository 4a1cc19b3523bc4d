/** Verdicts that the intervals alone would give, and that are not given. Pure. */
import type { Metric } from '../results/metrics.ts'
import type { Comparison } from '../results/record.ts'
import { movedWork } from './moved-work.ts'
import { undelivered } from './undelivered.ts'
import type { Measured } from './values.ts'

/** What is known of a comparison beside its interval. */
export interface Reasons {
  readonly definition: Metric
  /** Whether a control has this metric. */
  readonly hasControl: boolean
  /** Whether it is the baseline's equal there; true for the control itself. */
  readonly isControlEquivalent: boolean
}

/** The comparison, its verdict taken back where something beside its interval speaks against it. */
export function withReasons(comparison: Comparison, reasons: Reasons, measured: Measured): Comparison {
  const withheld = reasonAgainst(comparison, reasons, measured)
  return withheld === undefined ? comparison : { ...comparison, verdict: 'inconclusive', withheld }
}

function reasonAgainst(
  { path, baseline, metric, verdict }: Comparison,
  { definition, hasControl, isControlEquivalent }: Reasons,
  measured: Measured,
): string | undefined {
  if (metric === 'costNs') {
    const moved = movedWork(measured, path, baseline)
    if (moved !== undefined) return moved
  }
  if (verdict === 'faster' || verdict === 'equivalent') {
    const missing = undelivered(measured, path, baseline, definition)
    if (missing !== undefined) return missing
  }
  if (verdict !== 'equivalent' || isControlEquivalent) return undefined
  return hasControl
    ? `the control is not known to be ${baseline}'s equal in this run, and so no other path is`
    : `there is no control that was measured: a run that cannot tell ${baseline} from itself vouches for no equal`
}
