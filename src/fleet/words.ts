/** What a fleet comes to, in words. Pure. */
import { shortNoun } from '../record/metric-words.ts'
import type { Comparison } from '../record/record.ts'
import type { UnitInterval } from '../stats/between-units.ts'
import {
  formatChange,
  formatMargin,
  formatNumber,
  formatShare,
  percentDigits,
  ratioText,
} from '../words/numbers.ts'
import {
  type ComparedFleet,
  type Effect,
  fewestHosts,
  fewestOfAKind,
  type FleetFigure,
  hasRecord,
  type HostFigure,
} from './compared.ts'
import type { Factor } from './factors.ts'

/** More names than these would fill lines. */
const mostNames = 6

/** `a, b, c`; of many, the first and how many more. */
export const namesWords = (names: readonly string[]): string =>
  names.length <= mostNames
    ? names.join(', ')
    : `${names.slice(0, mostNames - 1).join(', ')} and ${names.length - mostNames + 1} more`

/** `+6.1 % ±0.9`. */
export function ratioWords({
  estimate,
  low,
  high,
}: Omit<Comparison['ratio'], 'confidence' | 'method' | 'n'>): string {
  const digits = percentDigits(low, high)
  const change = formatChange(estimate, digits)
  return low === null || high === null
    ? change
    : `${change} ±${formatNumber(((high - low) / 2) * 100, digits)}`
}

/** A host's cell: its ratio with half its interval. */
export const cellWords = (own: HostFigure | undefined): string => {
  if (own === undefined) return ''
  return 'reason' in own ? 'none' : ratioWords(own.ratio)
}

/** More metrics than these would fill a heading. */
const mostNamed = 3

/** `3 of 4 hosts measured, and they differ in packets/s`. */
export function headlineOf({ hosts, figures }: ComparedFleet): string {
  const measured = hosts.filter(hasRecord).length
  const all = `${measured} of ${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'} measured`
  const judged = figures.filter(({ verdict }) => verdict !== 'too-few')
  if (judged.length === 0)
    return measured < fewestHosts
      ? `${all}, too few to say how hosts differ`
      : `${all}, and nothing on enough of them`
  const differing = new Set(
    judged.flatMap(({ verdict, metric }) => (verdict === 'differ' ? [shortNoun(metric)] : [])),
  )
  const named = [...differing]
  if (named.length > mostNamed)
    return `${all}, and they differ in ${named.length} of ${new Set(figures.map(({ metric }) => metric)).size} metrics`
  if (named.length > 0) return `${all}, and they differ in ${named.join(', ')}`
  return judged.every(({ verdict }) => verdict === 'agree')
    ? `${all}, and they agree`
    : `${all}, and they are not found to differ`
}

const spreadDigits = ({ high }: UnitInterval): number => (high < 0.01 ? 2 : high < 0.2 ? 1 : 0)

/** Of a standard deviation: `1.2 %`. */
export const spreadShort = (spread: UnitInterval): string =>
  formatShare(spread.estimate, spreadDigits(spread))

/** `1.2 % (0.4 to 3.9 %)`. */
export function spreadWords(spread: UnitInterval): string {
  const digits = spreadDigits(spread)
  return `${spreadShort(spread)} (${formatNumber(spread.low * 100, digits)} to ${formatShare(spread.high, digits)})`
}

/** What hosts have in common in a figure, and how they differ; undefined where there are too few. */
export function figureSentence(figure: FleetFigure): string | undefined {
  const { path, metric, mean, spread, verdict, unlike, hosts } = figure
  if (mean === null || spread === null || verdict === 'too-few') return undefined
  const count = hosts.filter((one) => 'ratio' in one && one.ratio.low !== null).length
  const how = {
    agree: 'they agree: a spread of',
    differ: 'they differ: a spread of',
    undecided: 'whether they differ is undecided: a spread of',
  }[verdict]
  const outside = unlike.map(
    ({ host, ratio }) => `; ${host} is unlike the others: ${ratioText(ratio)} to them`,
  )
  return `${path}, ${shortNoun(metric)}: mean of ${count} hosts ${ratioText(mean)}; ${how} ${spreadWords(spread)}${outside.join('')}`
}

/** Figures in sentences, those of too few hosts in one. */
export function figureSentences(figures: readonly FleetFigure[]): string[] {
  const few = figures.filter(({ verdict }) => verdict === 'too-few')
  const names = few.map(({ path, metric }) => `${path} ${shortNoun(metric)}`)
  return [
    ...figures.flatMap((figure) => figureSentence(figure) ?? []),
    ...(few.length === 0
      ? []
      : [
          `too few hosts have an interval to say what hosts have in common (${fewestHosts} are wanted): ${names.join(', ')}`,
        ]),
  ]
}

/** `kernel: 6.12.9 on a, b; 6.1.0 on c`. */
export const factorWords = ({ what, values }: Factor): string =>
  `${what}: ${values.map(({ value, hosts }) => `${value || 'nothing'} on ${namesWords(hosts)}`).join('; ')}`

/** What goes with differences of hosts: a sentence for each two kinds, and why nothing can be said of others. */
export function effectSentences({ figures, splits, margin }: ComparedFleet): string[] {
  const judged = figures.flatMap((figure) => figure.effects.map((effect) => ({ figure, effect })))
  const found = judged.filter(({ effect }) => effect.isFound)
  const byKinds = Map.groupBy(found, ({ effect: { split, hosts, others } }) =>
    JSON.stringify([splits.indexOf(split), hosts, others]),
  )
  const unjudged = splits.filter((split) => !judged.some(({ effect }) => effect.split === split))
  return [
    ...[...byKinds.values()].map(kindsSentence),
    ...(judged.length > found.length
      ? [
          `${judged.length - found.length} of ${judged.length} comparisons of kinds of hosts show no difference beyond ${formatMargin(margin)}`,
        ]
      : []),
    ...(unjudged.length === 0
      ? []
      : [
          `too few hosts to judge ${namesWords(unjudged.flatMap(({ factors }) => factors.map(({ what }) => what)))}: at least ${fewestOfAKind} of each kind are wanted`,
        ]),
  ]
}

interface Found {
  readonly figure: FleetFigure
  readonly effect: Effect
}

/** `kernel 6.12.9 (db-1, db-2) against 6.1.0 (web-1, web-2): redirect packets/s −10.0 % (−11.4 to −8.6 %)`. */
function kindsSentence(found: readonly Found[]): string {
  const [{ effect }] = found as readonly [Found]
  const { split, hosts, others } = effect
  const [factor, ...further] = split.factors
  const valueOn = (host: string | undefined): string =>
    factor.values.find((one) => host !== undefined && one.hosts.includes(host))?.value || 'nothing'
  const kinds = `${factor.what} ${valueOn(hosts[0])} (${namesWords(hosts)}) against ${valueOn(others[0])} (${namesWords(others)})`
  const sizes = found.map(
    ({ figure: { path, metric }, effect: { ratio } }) => `${path} ${shortNoun(metric)} ${ratioText(ratio)}`,
  )
  const alike =
    further.length === 0
      ? ''
      : `; it may as well be ${namesWords(further.map(({ what }) => what))}, which part these hosts alike`
  return `${kinds}: ${sizes.join(', ')}${alike}`
}

/** Why hosts have no record, or what went wrong on them: name and reason. */
export const troubles = ({
  hosts,
}: Pick<ComparedFleet, 'hosts'>): { readonly host: string; readonly words: string }[] =>
  hosts.flatMap(({ host, state, reason, record }) => [
    ...(state === 'measured'
      ? []
      : [{ host, words: `${state}${reason === undefined ? '' : `: ${reason.split('\n').join('; ')}`}` }]),
    ...(record?.paths ?? []).flatMap(({ name, status, reason: why = 'no reason was recorded' }) =>
      status === 'measured'
        ? []
        : [{ host, words: `${name} ${status === 'invalid' ? 'is invalid' : 'was skipped'}: ${why}` }],
    ),
    ...(record === undefined || record.complete ? [] : [{ host, words: 'the run ended early' }]),
  ])
