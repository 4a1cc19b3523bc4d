/** A second look at what a first run found, on a fresh one. */
import type { Judgement, JudgedFigure, Outcome } from './judge.ts'
import { worstOf } from './judge.ts'

export interface ConfirmedFigure {
  readonly outcome: Outcome
  readonly first: JudgedFigure
  /** Absent where the first run had decided that it is held. */
  readonly fresh?: JudgedFigure
}

export interface Confirmed {
  readonly gate: Judgement['gate']
  readonly outcome: Outcome
  readonly first: Judgement
  readonly fresh: Judgement
  readonly figures: readonly ConfirmedFigure[]
}

/** A run that confirms is at most so many times as long as the first. */
export const mostTimes = 4

/** Gates that a fresh run may judge otherwise: those breached, and those that one of that length would decide. */
export const toConfirm = (judgements: readonly Judgement[]): Judgement[] =>
  judgements.filter(({ outcome, figures }) => outcome === 'breached' || figures.some(isWithinReach))

const isWithinReach = ({ doubt, outlook }: JudgedFigure): boolean =>
  doubt?.kind === 'control' || (outlook?.state === 'longer-run' && outlook.times <= mostTimes)

/** How much longer a run has to be to decide all that one of that length can; 1 where that is nothing. */
export const timesToDecide = (judgements: readonly Judgement[]): number =>
  Math.max(
    1,
    ...judgements.flatMap(({ figures }) =>
      figures.flatMap(({ outlook }) =>
        outlook?.state === 'longer-run' && outlook.times <= mostTimes ? [outlook.times] : [],
      ),
    ),
  )

/**
 * What both runs say together. A breach counts where the fresh run breaches the same figure too, so that
 * chance has to strike twice in one place; what the first run left undecided is as the fresh, longer run
 * finds it; what the first run found held, stays held.
 *
 * @param fresh the same gate, judged on the fresh run
 */
export function confirm(first: Judgement, fresh: Judgement): Confirmed {
  const { gate } = first
  if (gate.rule.kind === 'valid')
    return { gate, first, fresh, figures: [], outcome: confirmedOutcome(first.outcome, fresh.outcome) }
  const figures = first.figures.map((figure): ConfirmedFigure => {
    if (figure.outcome === 'held') return { outcome: 'held', first: figure }
    const again = fresh.figures.find(({ path, metric }) => path === figure.path && metric === figure.metric)
    if (again === undefined) return { outcome: figure.outcome, first: figure }
    return { outcome: confirmedOutcome(figure.outcome, again.outcome), first: figure, fresh: again }
  })
  return { gate, first, fresh, figures, outcome: worstOf(figures.map(({ outcome }) => outcome)) }
}

const confirmedOutcome = (first: Outcome, fresh: Outcome): Outcome => (first === 'held' ? 'held' : fresh)
