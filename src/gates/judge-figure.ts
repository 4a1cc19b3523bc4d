/** One figure held against its limit. */
import { defaultConfidence } from '../stats/bootstrap.ts'
import { type Figure, isWithin } from './figure.ts'
import { type Outlook, outlookOf } from './outlook.ts'

export type Outcome = 'held' | 'breached' | 'undecided'

/** Why an outcome is not what the interval alone would say, or why there is no interval. */
export type Doubt =
  | { readonly kind: 'lacking'; readonly reason: string }
  /** Beyond the limit at 95 %, and not at the confidence that so many figures ask for. */
  | { readonly kind: 'many'; readonly figures: number; readonly confidence: number }
  /** Beyond the limit by less than the baseline path differs from itself. */
  | { readonly kind: 'control'; readonly factor: number }

export interface JudgedFigure extends Omit<Figure, 'evidence'> {
  readonly outcome: Outcome
  readonly estimate: number | null
  /** Ends of the 95 % interval. */
  readonly low: number | null
  readonly high: number | null
  readonly doubt?: Doubt
  readonly outlook?: Outlook
}

/** Whether the interval at a confidence lies wholly beyond the limit, moved away by `factor`. */
export const isBeyond = (figure: Figure, confidence: number, factor = 1): boolean => {
  if (figure.evidence.state !== 'measured') return false
  const { low, high } = figure.evidence.interval(confidence)
  return !isWithin(figure.comparator === '>=' ? high * factor : low / factor, figure)
}

export const controlFactor = ({ evidence }: Figure): number =>
  evidence.state === 'measured' ? evidence.controlFactor : 1

/**
 * One figure judged.
 *
 * @param isBreached whether its breach stands beside all others
 * @param figures how many are left to be looked at together, and `asked`, the confidence that so many ask for
 */
export function judgeFigure(
  figure: Figure,
  isBreached: boolean,
  figures: number,
  asked: number,
): JudgedFigure {
  const { evidence, ...rest } = figure
  if (evidence.state === 'lacking')
    return {
      ...rest,
      ...{ estimate: null, low: null, high: null },
      outcome: evidence.isBreach ? 'breached' : 'undecided',
      doubt: { kind: 'lacking', reason: evidence.reason },
    }
  const interval = evidence.interval(defaultConfidence)
  const known = { ...rest, ...interval }
  if (isBreached) return { ...known, outcome: 'breached' }
  if (isWithin(interval.low, figure) && isWithin(interval.high, figure)) return { ...known, outcome: 'held' }
  const doubt: Doubt | undefined = !isBeyond(figure, defaultConfidence)
    ? undefined
    : isBeyond(figure, asked)
      ? { kind: 'control', factor: evidence.controlFactor }
      : { kind: 'many', figures, confidence: asked }
  const outlook = doubt?.kind === 'control' ? undefined : outlookOf(figure, defaultConfidence, asked)
  return {
    ...known,
    outcome: 'undecided',
    ...(doubt === undefined ? {} : { doubt }),
    ...(outlook === undefined ? {} : { outlook }),
  }
}
