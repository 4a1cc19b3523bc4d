/** Gates as checks: what a run's authors hold it to, in place of "not slower". */
import { type JudgedFigure, judge, type Judgement, type Outcome } from '../gates/judge.ts'
import type { Reference } from '../gates/regression-figures.ts'
import type { Gate } from '../gates/rule.ts'
import { estimateText, figureNoun, rangeText, reasonWords } from '../gates/words.ts'
import { deliveryClause, listed } from '../words/delivery-words.ts'
import type { RunRecord } from '../record/record.ts'
import type { Check, CheckState } from './checks.ts'

/** A gate, and the file that it is written in; undefined for the scenario of the run. */
export interface PlacedGate {
  readonly gate: Gate
  readonly file: string | undefined
}

/**
 * The gates of a run judged, in their order.
 *
 * @param reference what `regression` is judged against; without one it is left undecided
 */
export function gateChecks(
  gates: readonly PlacedGate[],
  record: RunRecord,
  reference: Reference | undefined,
): Check[] {
  const judged = gates.filter(({ gate }) => reference !== undefined || gate.rule.kind !== 'regression')
  const judgements = judge(
    judged.map(({ gate }) => gate),
    record,
    reference,
  )
  return gates.map(({ gate, file }) => {
    const judgement = judgements.find((one) => one.gate === gate)
    return {
      subject: { kind: 'gate', file, line: gate.source.line },
      name: gate.text,
      state: judgement === undefined ? 'undecided' : states[judgement.outcome],
      message: judgement === undefined ? notCompared(gate) : messageOf(judgement, record),
    }
  })
}

const states: Readonly<Record<Outcome, CheckState>> = {
  held: 'passed',
  breached: 'failed',
  undecided: 'undecided',
}

const notCompared = ({ text }: Gate): string =>
  `${text} is not judged: there is no other run to compare with (--baseline names one)`

function messageOf({ gate, outcome, figures, invalidPaths }: Judgement, record: RunRecord): string {
  const reasons = [...invalidPaths, ...figures.filter((one) => one.outcome !== 'held').map(figureReason)]
  const said = [`${gate.text} is ${outcome}`, ...(reasons.length === 0 ? [] : [reasons.join('; ')])]
  const lost = lossesOf(figures, record)
  return `${said.join(': ')}${lost.length === 0 ? '' : `, while ${listed(lost)}`}`
}

/** What the paths that a gate looks at lost meanwhile. */
const lossesOf = (figures: readonly JudgedFigure[], record: RunRecord): string[] => {
  const paths = new Set(figures.map(({ path }) => path))
  return record.paths.flatMap((path) => {
    const clause = paths.has(path.name) ? deliveryClause(record, path) : undefined
    return clause === undefined ? [] : [`${path.name} ${clause}`]
  })
}

/** `redirect, throughput: 1.049 (1.031 to 1.076), the whole interval lies beyond ≥ 1.1`. */
function figureReason(figure: JudgedFigure): string {
  const range = rangeText(figure)
  const value = `${estimateText(figure)}${range === '' ? '' : ` (${range})`}`
  return `${figureNoun(figure)}: ${value}, ${reasonWords(figure) ?? ''}`
}
