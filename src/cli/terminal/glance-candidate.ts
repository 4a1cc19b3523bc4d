/** What a run has found of one candidate, in a line; of a dead one also why. Pure. */
import { ownCosts, ownCostTrial } from '../../record/own-cost.ts'
import { shortNoun } from '../../record/metric-words.ts'
import type { Comparison, PathRecord, RunRecord } from '../../record/record.ts'
import { markOf } from '../../words/delivery-words.ts'
import { formatBareChangeRange, formatChange, percentDigits } from '../../words/numbers.ts'
import { rankedOf } from '../../words/path-headline.ts'
import { deviceUnderTestOf } from '../../report/view/device-under-test.ts'
import { headlineComparisonsOf } from '../../report/view/selection.ts'
import { fateOf } from '../../report/view/outcome.ts'
import { pathNotices } from '../../report/view/verdicts.ts'
import { clearOwnCost } from '../../words/sentences.ts'
import { isSound } from '../../record/soundness.ts'
import { textWidth, wrapped } from './wrap.ts'
import { labelled, fittedClauses } from './glance-line.ts'

/** Whether there is nothing to say of a path but why. */
export const isDead = (record: RunRecord, path: PathRecord): boolean =>
  !isSound(record, path) || headlineComparisonsOf(record, path.name).length === 0

/** @param detail most lines below the first, which say where the packets of a dead path went */
export function candidateLines(record: RunRecord, path: PathRecord, width: number, detail: number): string[] {
  const { name } = path
  if (isDead(record, path)) return deadLines(record, path, width).slice(0, 1 + detail)
  const comparisons = headlineComparisonsOf(record, name)
  const ranked = rankedOf(comparisons)
  const [lead, ...others] = ranked.length > 0 ? ranked : comparisons.slice(0, 1)
  const lost = markOf(record, name)
  // What speaks against the first comes second.
  const isContrary = ({ verdict }: Comparison) =>
    (lead?.verdict === 'faster' && verdict === 'slower') ||
    (lead?.verdict === 'slower' && verdict === 'faster')
  const contrary = others.filter(isContrary).slice(0, 1)
  const clauses = [
    ...(lost === undefined ? [] : [lost]),
    ...(lead === undefined ? [] : [leadClause(lead)]),
    ...contrary.map(briefClause),
    ...ownCostClause(record, name),
    ...others.filter((one) => !contrary.includes(one)).map(briefClause),
  ]
  return [fittedClauses(labelled(record, name, fateOf(record, path)), clauses, width)]
}

/** Why a path is dead; then likely causes, and where its packets went, hop by hop. */
function deadLines(record: RunRecord, path: PathRecord, width: number): string[] {
  const [notice] = pathNotices(record, path)
  const label = labelled(record, path.name, fateOf(record, path))
  const indent = ' '.repeat(textWidth(label))
  const { diagnosis = [] } = notice ?? {}
  const causes = diagnosis.filter((line) => line.startsWith('likely'))
  const texts = [
    notice?.texts.join(' ') ?? 'nothing to compare',
    ...causes,
    ...diagnosis.filter((line) => !causes.includes(line)),
  ]
  return texts
    .flatMap((text) => wrapped(text, width - textWidth(label) - 2))
    .map((line, index) => `${index === 0 ? label : indent}  ${line}`)
}

/** `+5.6 % packets/s (+5.4 to +5.9)`. */
function leadClause({ metric, ratio: { estimate, low, high } }: Comparison): string {
  const digits = percentDigits(low, high)
  const range = low === null || high === null ? '' : ` (${formatBareChangeRange(low, high, digits)})`
  return `${formatChange(estimate, digits)} ${shortNoun(metric)}${range}`
}

const briefClause = (comparison: Comparison): string =>
  comparison.verdict === 'equivalent'
    ? `same ${shortNoun(comparison.metric)}`
    : `${formatChange(comparison.ratio.estimate, percentDigits(comparison.ratio.low, comparison.ratio.high))} ${shortNoun(comparison.metric)}`

/** What a path adds to the router's own cost, or takes off it, where that is clear. */
function ownCostClause(record: RunRecord, name: string): string[] {
  const clear = clearOwnCost(ownCosts(record).get(name))
  if (clear === undefined) return []
  return [
    `${deviceUnderTestOf(record)} cost${ownCostTrial(record)} ${formatChange(clear.estimate, percentDigits(clear.low, clear.high))}`,
  ]
}
