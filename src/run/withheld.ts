/** Verdicts that the intervals alone would give, and that are not given. Pure. */
import { emulatedReason } from '../record/emulated.ts'
import type { Metric } from '../record/metrics.ts'
import type { Comparison } from '../record/record.ts'
import { greaterLoss } from '../datapath/tcp-repairs.ts'
import { loadOf } from '../parts/loads/loads.ts'
import type { AnalysedPath } from './analysis-input.ts'
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
  /** Whether one round alone was measured. */
  readonly isOneRound: boolean
  readonly path: AnalysedPath | undefined
  /** What it is compared with. */
  readonly reference: AnalysedPath | undefined
}

/** The comparison, its verdict taken back where something beside its interval speaks against it. */
export function withReasons(comparison: Comparison, reasons: Reasons, measured: Measured): Comparison {
  const reason = reasonAgainst(comparison, reasons, measured)
  return reason === undefined ? comparison : { ...comparison, verdict: 'inconclusive', ...reason }
}

type Withheld = Pick<Comparison, 'withheld' | 'withheldFor'>

function reasonAgainst(
  { path, baseline, verdict }: Comparison,
  reasons: Reasons,
  measured: Measured,
): Withheld | undefined {
  const { definition, hasControl, isControlEquivalent, isEmulated } = reasons
  if (isEmulated) return { withheld: emulatedReason, withheldFor: 'emulated' }
  if (definition.isOfSender) {
    const moved = movedWork(measured, path, baseline, definition)
    if (moved !== undefined) return { withheld: moved, withheldFor: 'work-moved' }
  }
  if (verdict === 'faster' || verdict === 'equivalent') {
    const missing = undelivered(measured, path, baseline, definition)
    if (missing !== undefined) return { withheld: missing, withheldFor: 'undelivered' }
    const lost = lostSegments(reasons)
    if (lost !== undefined) return { withheld: lost, withheldFor: 'lost-segments' }
  }
  if (reasons.isOneRound) return { withheld: 'one round is too few', withheldFor: 'one-round' }
  if (verdict !== 'equivalent' || isControlEquivalent) return undefined
  const withheld = hasControl
    ? `the control is not known to be ${baseline}'s equal in this run, and so no other path is`
    : `there is no control that was measured: a run that cannot tell ${baseline} from itself vouches for no equal`
  return { withheld, withheldFor: 'control' }
}

/** TCP makes up for what gets lost: nothing is missing, and a verdict may rest on the trials in which nothing was. */
function lostSegments({ definition, path, reference }: Reasons): string | undefined {
  if (path?.repairs === undefined || reference?.repairs === undefined) return undefined
  if (loadOf(definition.load).counted === 'packets') return undefined
  return greaterLoss(path.repairs, reference.repairs, reference.name, path.allows?.lossRatio)
}
