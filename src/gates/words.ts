/** What a judgement says, in words: the terminal and the exports use the same. */
import {
  formatChange,
  formatChangeRange,
  formatInterval,
  formatNumber,
  formatValue,
  percentDigits,
} from '../words/numbers.ts'
import { metricWords } from '../record/metric-words.ts'
import type { Doubt, JudgedFigure, Judgement, Outcome } from './judge.ts'
import type { Outlook } from './outlook.ts'

const isChange = ({ kind }: JudgedFigure): boolean => kind === 'change'

/** Decimals of a ratio that suit its interval, two more than its percentage has; limits often have three. */
const ratioDigits = ({ low, high }: JudgedFigure): number => Math.max(3, percentDigits(low, high) + 2)

/** `redirect.throughputPps`, as a gate has it. */
export const figureName = ({ path, metric, kind }: JudgedFigure): string =>
  `${path}.${metric}${kind === 'ratio' ? '.ratio' : ''}`

/** `redirect, median round trip`. */
export const figureNoun = ({ path, metric }: JudgedFigure): string => `${path}, ${metricWords(metric).noun}`

/** `≥ 1.02`, `≤ 20.0 µs`, `≥ −3 %`. */
export function limitText(figure: JudgedFigure): string {
  const { comparator, limit, kind, unit } = figure
  const sign = comparator === '>=' ? '≥' : '≤'
  if (isChange(figure)) return `${sign} ${formatChange(limit, shortestDigits((limit - 1) * 100))}`
  return `${sign} ${kind === 'ratio' ? String(Number(limit.toPrecision(6))) : formatValue(unit, limit)}`
}

/** Decimals, up to two, without which a number would be another. */
const shortestDigits = (value: number): number =>
  [0, 1].find((digits) => Math.abs(value - Number(value.toFixed(digits))) < 0.005) ?? 2

/** `1.049`, `13.2 µs`, `+0.3 %`; `none` where the run has no figure. */
export function estimateText(figure: JudgedFigure): string {
  const { estimate, low, high, kind, unit } = figure
  if (estimate === null) return 'none'
  if (isChange(figure)) return formatChange(estimate, percentDigits(low, high))
  if (kind === 'ratio') return formatNumber(estimate, ratioDigits(figure))
  return formatInterval(unit, { estimate, low, high }).value
}

/** `1.031 to 1.076`; empty where there is no interval. */
export function rangeText(figure: JudgedFigure): string {
  const { estimate, low, high, kind, unit } = figure
  if (estimate === null || low === null || high === null) return ''
  if (isChange(figure)) return formatChangeRange(low, high, percentDigits(low, high))
  if (kind === 'ratio')
    return `${formatNumber(low, ratioDigits(figure))} to ${formatNumber(high, ratioDigits(figure))}`
  return formatInterval(unit, { estimate, low, high }).range ?? ''
}

const percentage = (share: number): string => `${Number((share * 100).toFixed(2))} %`

const doubtWords = (doubt: Doubt): string => {
  switch (doubt.kind) {
    case 'lacking':
      return doubt.reason
    case 'many':
      return `beyond the limit at 95 %, and not at the ${percentage(doubt.confidence)} that ${doubt.figures} figures judged together ask for`
    case 'control':
      return `beyond the limit by less than the baseline path differs from itself in this run (${percentage(doubt.factor - 1)}, by the control)`
  }
}

const outlookWords = (outlook: Outlook): string => {
  switch (outlook.state) {
    case 'longer-run':
      return `a run ${timesWords(outlook.times)} as long would decide, if the estimate stays`
    case 'other-run':
      return 'no length of this run would decide: the interval of the other run is too wide; a longer one as baseline would help'
    case 'out-of-reach':
      return 'a run would have to be more than 100 times as long to decide: the machine is too noisy, or the estimate too near the limit'
  }
}

const timesWords = (times: number): string =>
  times < 1.95 ? `${formatNumber(Math.ceil(times * 10) / 10, 1)} times` : `${Math.ceil(times)} times`

/** Why a figure is not held, and what would decide it where that is open; undefined where it is held. */
export function reasonWords(figure: JudgedFigure): string | undefined {
  const { outcome, doubt, outlook } = figure
  if (outcome === 'held') return undefined
  const doubts = doubt === undefined ? [] : [doubtWords(doubt)]
  if (outcome === 'breached') return doubts[0] ?? `the whole interval lies beyond ${limitText(figure)}`
  const open = doubts.length === 0 ? ['the interval reaches over the limit'] : doubts
  return [...open, ...(outlook === undefined ? [] : [outlookWords(outlook)])].join('; ')
}

/** A reason, and what it is the reason of. */
export interface Reason {
  readonly outcome: Outcome
  readonly text: string
}

/** Why figures of a gate are not held; those with the same reason together. */
export function judgementReasons({ figures, invalidPaths, openReasons = [] }: Judgement): Reason[] {
  const open = figures.flatMap((figure) => {
    const words = reasonWords(figure)
    return words === undefined ? [] : [{ figure, words }]
  })
  const groups = Map.groupBy(open, ({ figure, words }) => `${figure.outcome} ${figure.path} ${words}`)
  return [
    ...invalidPaths.map((text) => ({ outcome: 'breached' as const, text })),
    ...openReasons.map((text) => ({ outcome: 'undecided' as const, text })),
    ...[...groups.values()].flatMap((group) => {
      const [first] = group
      if (first === undefined) return []
      const nouns = group.map(({ figure }) => metricWords(figure.metric).noun).join(', ')
      return [{ outcome: first.figure.outcome, text: `${first.figure.path}, ${nouns}: ${first.words}` }]
    }),
  ]
}
