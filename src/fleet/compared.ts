/** The hosts of a fleet beside each other: every path's ratio on each, and which of them differ. Pure. */
import { isHigherBetter, ratioOfRatios } from '../across/across-runs.ts'
import { controlCaveats, controlFactorOf } from '../across/control.ts'
import { lackOf, lackWords } from '../across/lack.ts'
import { type RatioInterval, ratioIntervalOf } from '../across/log-estimate.ts'
import { standing } from '../across/step-down.ts'
import { untrustedReason } from '../across/untrusted.ts'
import { metrics } from '../record/metrics.ts'
import type { FleetHost, ReadFleet } from '../record/fleet.ts'
import type { Comparison, RunRecord } from '../record/record.ts'
import { defaultConfidence } from '../stats/bootstrap.ts'
import { type Factor, factorsOf, isDifferent, type MeasuredHost } from './factors.ts'
import { lettersOf } from './letters.ts'

/** A path's ratio to the baseline path on a host. */
export type HostFigure =
  | {
      readonly host: string
      readonly ratio: Comparison['ratio']
      readonly verdict: Comparison['verdict']
      /** Hosts that share a letter are not found to differ. */
      readonly letters: string
    }
  | { readonly host: string; readonly reason: string }

/** Two hosts that differ. */
export interface ApartPair {
  readonly better: string
  readonly worse: string
  /** The ratio on the second host / that on the first, in the metric's own direction. */
  readonly ratio: RatioInterval
}

/** A candidate in a headline metric. */
export interface FleetFigure {
  readonly path: string
  readonly baseline: string
  readonly metric: string
  /** In the order of the fleet. */
  readonly hosts: readonly HostFigure[]
  /** Pairs of hosts that could be compared. */
  readonly pairs: number
  readonly apart: readonly ApartPair[]
  /** What is different in every pair that is apart, and so a possible cause of all of it. */
  readonly causes: readonly Factor[]
}

export interface ComparedFleet {
  readonly name: string
  readonly scenario: string
  readonly title: string
  readonly margin: number
  readonly hosts: readonly FleetHost[]
  readonly figures: readonly FleetFigure[]
  readonly factors: readonly Factor[]
  /** What is not known of the noise of hosts. */
  readonly caveats: readonly { readonly host: string; readonly words: string }[]
}

export const hasRecord = (host: FleetHost): host is FleetHost & MeasuredHost => host.record !== undefined

interface Pair {
  readonly figure: Named
  readonly one: string
  readonly other: string
  readonly ratio: RatioInterval
  readonly standsAt: (confidence: number) => boolean
}

interface Named {
  readonly path: string
  readonly baseline: string
  readonly metric: string
}

/**
 * Every pair of hosts in every headline metric of every candidate: two are apart where the ratio of their ratios lies
 * beyond the margin, and beyond what their controls differ by. All pairs are looked at together (Holm).
 *
 * @param margin half-width of the band within which ratios count as the same
 */
export function comparedFleet({ name, scenario, hosts }: ReadFleet, margin: number): ComparedFleet {
  const measured = hosts.filter(hasRecord)
  const named = figuresOf(measured)
  const pairs = named.flatMap((figure) => pairsOf(figure, measured, margin))
  const found = standing(pairs, defaultConfidence)
  const factors = factorsOf(measured)
  return {
    ...{ name, scenario, margin, hosts, factors },
    title: measured[0]?.record.title ?? scenario,
    figures: named.map((figure) => {
      const own = pairs.filter((pair) => pair.figure === figure)
      const apart = own.filter((pair) => found.has(pair))
      return {
        ...figure,
        hosts: withLetters(figure, measured, apart),
        pairs: own.length,
        apart: apart.map((pair) => apartPair(pair, figure.metric)),
        causes:
          apart.length === 0
            ? []
            : factors.filter((factor) => apart.every(({ one, other }) => isDifferent(factor, one, other))),
      }
    }),
    caveats: measured.flatMap(({ host, record }) => controlCaveats(record).map((words) => ({ host, words }))),
  }
}

/** Headline metrics of candidates that any host has a ratio of, in the order of paths and of reports. */
function figuresOf(hosts: readonly MeasuredHost[]): Named[] {
  const candidates = new Set(
    hosts.flatMap(({ record }) =>
      record.paths.flatMap(({ name, role }) => (role === 'candidate' ? [name] : [])),
    ),
  )
  const all = hosts.flatMap(({ record }) => record.comparisons)
  return [...candidates].flatMap((path) =>
    metrics.flatMap(({ name: metric, headline }) => {
      const one = headline
        ? all.find((comparison) => comparison.path === path && comparison.metric === metric)
        : undefined
      return one === undefined ? [] : [{ path, metric, baseline: one.baseline }]
    }),
  )
}

function pairsOf(figure: Named, hosts: readonly MeasuredHost[], margin: number): Pair[] {
  const factors = new Map(hosts.map(({ host, record }) => [host, controlFactorOf(record, figure.metric)]))
  return hosts.flatMap((one, index) =>
    hosts.slice(index + 1).flatMap((other): Pair[] => {
      const across = ratioOfRatios(one.record, other.record, figure.path, figure.metric)
      if (across.state !== 'compared') return []
      const { log, reach } = across.quotient
      const edge = Math.log1p(margin) + Math.log(factors.get(one.host)! * factors.get(other.host)!)
      return [
        {
          ...{ figure, one: one.host, other: other.host },
          ratio: ratioIntervalOf(across.quotient),
          standsAt: (confidence) => {
            const { below, above } = reach(confidence)
            return log - below > edge || log + above < -edge
          },
        },
      ]
    }),
  )
}

const apartPair = ({ one, other, ratio }: Pair, metric: string): ApartPair =>
  ratio.estimate > 1 === isHigherBetter(metric)
    ? { better: other, worse: one, ratio }
    : { better: one, worse: other, ratio }

/** The best host gets the first letter. */
function withLetters(figure: Named, hosts: readonly MeasuredHost[], apart: readonly Pair[]): HostFigure[] {
  const figures = hosts.map(({ host, record }) => ({ host, found: figureOn(record, figure) }))
  const sign = isHigherBetter(figure.metric) ? -1 : 1
  const ranked = figures
    .flatMap(({ host, found }) => (typeof found === 'string' ? [] : [{ host, found }]))
    .toSorted((a, b) => sign * (a.found.ratio.estimate - b.found.ratio.estimate))
  const place = new Map(ranked.map(({ host }, index) => [host, index]))
  const letters = lettersOf(
    ranked.length,
    apart.map(({ one, other }) => [place.get(one)!, place.get(other)!] as const),
  )
  return figures.map(({ host, found }) =>
    typeof found === 'string'
      ? { host, reason: found }
      : { host, ratio: found.ratio, verdict: found.verdict, letters: letters[place.get(host)!]! },
  )
}

/** The comparison on a host, or why there is none that counts. */
function figureOn(record: RunRecord, { path, metric }: Named): Comparison | string {
  const lack = lackOf(record, path, metric)
  if (lack !== undefined) return lackWords(path, lack)
  const comparison = record.comparisons.find((one) => one.path === path && one.metric === metric)
  if (comparison === undefined) return `${path} has no ratio of it`
  return untrustedReason(comparison) ?? comparison
}
