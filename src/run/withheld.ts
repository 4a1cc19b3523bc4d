/** Verdicts that the intervals alone would give, and that are not given. Pure. */
import { emulatedReason } from '../record/emulated.ts'
import type { Metric } from '../record/metrics.ts'
import type { Comparison } from '../record/record.ts'
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
  readonly isEmulated: boolean
}

/** The comparison, its verdict taken back where something beside its interval speaks against it. */
export function withReasons(comparison: Comparison, reasons: Reasons, measured: Measured): Comparison {
  const reason = reasonAgainst(comparison, reasons, measured)
  return reason === undefined ? comparison : { ...comparison, verdict: 'inconclusive', ...reason }
}

type Withheld = Pick<Comparison, 'withheld' | 'withheldFor'>

function reasonAgainst(
  { path, baseline, verdict }: Comparison,
  { definition, hasControl, isControlEquivalent, isEmulated }: Reasons,
  measured: Measured,
): Withheld | undefined {
  if (isEmulated) return { withheld: emulatedReason, withheldFor: 'emulated' }
  if (definition.plain === 'costNs') {
    const moved = movedWork(measured, path, baseline, definition.trial)
    if (moved !== undefined) return { withheld: moved, withheldFor: 'work-moved' }
  }
  if (verdict === 'faster' || verdict === 'equivalent') {
    const missing = undelivered(measured, path, baseline, definition)
    if (missing !== undefined) return { withheld: missing, withheldFor: 'undelivered' }
  }
  if (verdict !== 'equivalent' || isControlEquivalent) return undefined
  const withheld = hasControl
    ? `the control is not known to be ${baseline}'s equal in this run, and so no other path is`
    : `there is no control that was measured: a run that cannot tell ${baseline} from itself vouches for no equal`
  return { withheld, withheldFor: 'control' }
}
