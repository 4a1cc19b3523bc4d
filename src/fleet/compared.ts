/**
 * The hosts of a fleet beside each other: every path's ratio on each, what all have in common, and what goes with their
 * differences. A host counts once, however much was measured on it: packets of different hosts are never put together. Pure.
 */
import { controlCaveats, controlFactorOf } from '../across/control.ts'
import { lackOf, lackWords } from '../across/lack.ts'
import { logEstimateOf, type RatioInterval, roundsOf } from '../across/log-estimate.ts'
import { runDrift } from '../across/quotient.ts'
import { loadDifferences } from '../across/settings-differences.ts'
import { significant } from '../stats/step-down.ts'
import { untrustedReason } from '../across/untrusted.ts'
import type { FleetHost, ReadFleet } from '../record/fleet.ts'
import { metricsAmong } from '../record/metrics.ts'
import type { Comparison, RunRecord } from '../record/record.ts'
import {
  differenceOfUnits,
  distanceFromOthers,
  fewestOthers,
  meanOfUnits,
  spreadOfUnits,
  type UnitEstimate,
  type UnitInterval,
} from '../stats/between-units.ts'
import { defaultConfidence } from '../stats/bootstrap.ts'
import { studentT } from '../stats/student-t.ts'
import { type Factor, factorsOf, type MeasuredHost, type Split, splitsOf } from './factors.ts'

/** The margin of who names none: hosts differ more from each other than runs on one do. */
export const defaultFleetMargin = 0.02

/** With fewer hosts nothing is said of hosts in general. */
export const fewestHosts = 3
/** A group of one has no spread: what it differs by may be the host's own. */
export const fewestOfAKind = 2

/** A path's ratio to the baseline path on a host. */
export type HostFigure =
  | { readonly host: string; readonly ratio: Comparison['ratio']; readonly verdict: Comparison['verdict'] }
  | { readonly host: string; readonly reason: string }

/** Hosts of one kind against the most common kind. */
export interface Effect {
  readonly split: Split
  readonly hosts: readonly string[]
  readonly others: readonly string[]
  /** The mean ratio on `hosts` / that on `others`. */
  readonly ratio: RatioInterval
  /** Whether it lies beyond the margin when all that were looked at are looked at together (Holm). */
  readonly isFound: boolean
}

/** `agree`: their spread is within the margin; `differ`: it is more than errors of measuring make. */
export type FleetVerdict = 'agree' | 'differ' | 'undecided' | 'too-few'

/** A candidate in a headline metric. */
export interface FleetFigure extends Named {
  /** In the order of the fleet. */
  readonly hosts: readonly HostFigure[]
  /** Of all hosts like these; null where there are too few. */
  readonly mean: RatioInterval | null
  /** Standard deviation between hosts, beyond errors of measuring, as a share: 0.02 is 2 %. */
  readonly spread: UnitInterval | null
  readonly verdict: FleetVerdict
  /** Hosts beyond what another one of the others' kind would be: their ratio / the others' mean. */
  readonly unlike: readonly { readonly host: string; readonly ratio: RatioInterval }[]
  /** Of every kind of which there are enough. */
  readonly effects: readonly Effect[]
}

export interface ComparedFleet {
  readonly name: string
  readonly scenario: string
  readonly title: string
  readonly margin: number
  readonly hosts: readonly FleetHost[]
  readonly figures: readonly FleetFigure[]
  readonly factors: readonly Factor[]
  readonly splits: readonly Split[]
  /** What is not known of the noise of hosts. */
  readonly caveats: readonly { readonly host: string; readonly words: string }[]
}

export const hasRecord = (host: FleetHost): host is FleetHost & MeasuredHost => host.record !== undefined

interface Named {
  readonly path: string
  readonly baseline: string
  readonly metric: string
}

interface Unit extends UnitEstimate {
  readonly host: string
}

/** A figure on all hosts. */
interface Measured {
  readonly figure: Named
  readonly units: readonly Unit[]
}

/** Something that may be chance, and the interval that decides it. */
interface Candidate {
  readonly figure: Named
  readonly interval: UnitInterval
  readonly isSignificantAt: (confidence: number) => boolean
}

/** @param margin half-width of the band within which ratios count as the same */
export function comparedFleet({ name, scenario, hosts }: ReadFleet, margin: number): ComparedFleet {
  const measured = hosts.filter(hasRecord)
  const factors = factorsOf(measured)
  const splits = splitsOf(factors)
  const figures = figuresOf(measured).map((figure) => {
    const found = measured.map(({ host, record }) => figureOn(host, record, figure, measured[0]!.record))
    return { figure, hosts: found.map(({ shown }) => shown), units: found.flatMap(({ unit }) => unit ?? []) }
  })
  const edge = Math.log1p(margin)
  const unlike = figures.flatMap((one) => unlikeIn(one, edge))
  const effects = figures.flatMap((one) => effectsIn(one, splits, edge))
  const spreads = figures.flatMap(spreadIn)
  // Each kind of question is a family of its own.
  const found = new Set(
    [unlike, effects, spreads].flatMap((family) => [...significant<Candidate>(family, defaultConfidence)]),
  )
  return {
    ...{ name, scenario, margin, hosts, factors, splits },
    title: measured[0]?.record.title ?? scenario,
    figures: figures.map(({ figure, hosts: own, units }) => {
      const isOwn = (one: Candidate): boolean => one.figure === figure
      const spread = spreads.find(isOwn)
      return {
        ...{ ...figure, hosts: own },
        mean: spread === undefined ? null : asRatio(meanOfUnits(units, defaultConfidence)),
        spread: spread === undefined ? null : asShare(spread.interval),
        verdict: verdictOf(spread, found, edge),
        unlike: unlike
          .filter((one) => isOwn(one) && found.has(one))
          .map(({ host, interval }) => ({ host, ratio: asRatio(interval) })),
        effects: effects.filter(isOwn).map((one) => ({
          ...{ split: one.split, hosts: one.hosts, others: one.others },
          ...{ ratio: asRatio(one.interval), isFound: found.has(one) },
        })),
      }
    }),
    caveats: measured.flatMap(({ host, record }) => controlCaveats(record).map((words) => ({ host, words }))),
  }
}

/** That a difference of logarithms is beyond `edge`, on either side. */
const beyond = (figure: Named, edge: number, of: (confidence: number) => UnitInterval): Candidate => ({
  ...{ figure, interval: of(defaultConfidence) },
  isSignificantAt: (confidence) => {
    const { low, high } = of(confidence)
    return low > edge || high < -edge
  },
})

/** Each host against all others. */
const unlikeIn = ({ figure, units }: Measured, edge: number) =>
  units.length <= fewestOthers
    ? []
    : units.map((unit) => {
        const others = units.filter((one) => one !== unit)
        return {
          ...beyond(figure, edge, (confidence) => distanceFromOthers(unit, others, confidence)),
          host: unit.host,
        }
      })

/** Hosts of each kind against those of the most common. */
const effectsIn = ({ figure, units }: Measured, splits: readonly Split[], edge: number) =>
  splits.flatMap((split) =>
    contrastsOf(split, units).map(({ own, others }) => ({
      ...beyond(figure, edge, (confidence) => differenceOfUnits(own, others, confidence)),
      ...{ split, hosts: namesOf(own), others: namesOf(others) },
    })),
  )

/** How hosts spread, beyond errors of measuring. */
const spreadIn = ({ figure, units }: Measured): Candidate[] =>
  units.length < fewestHosts
    ? []
    : [
        {
          ...{ figure, interval: spreadOfUnits(units, defaultConfidence) },
          isSignificantAt: (confidence) => spreadOfUnits(units, confidence).low > 0,
        },
      ]

function verdictOf(spread: Candidate | undefined, found: ReadonlySet<Candidate>, edge: number): FleetVerdict {
  if (spread === undefined) return 'too-few'
  if (spread.interval.high <= edge) return 'agree'
  return found.has(spread) ? 'differ' : 'undecided'
}

const namesOf = (units: readonly Unit[]): string[] => units.map(({ host }) => host)

const mapped = ({ estimate, low, high }: UnitInterval, by: (log: number) => number): UnitInterval => ({
  estimate: by(estimate),
  low: by(low),
  high: by(high),
})
const asRatio = (logs: UnitInterval): RatioInterval => mapped(logs, Math.exp)
const asShare = (logs: UnitInterval): UnitInterval => mapped(logs, Math.expm1)

/** Every group of enough hosts against the largest. */
function contrastsOf({ groups }: Split, units: readonly Unit[]) {
  const [others, ...rest] = groups
    .map((group) => units.filter(({ host }) => group.includes(host)))
    .filter((group) => group.length >= fewestOfAKind)
  return others === undefined ? [] : rest.map((own) => ({ own, others }))
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
    metricsAmong(all.map(({ metric }) => metric)).flatMap(({ name: metric, headline }) => {
      const one = headline
        ? all.find((comparison) => comparison.path === path && comparison.metric === metric)
        : undefined
      return one === undefined ? [] : [{ path, metric, baseline: one.baseline }]
    }),
  )
}

/** What a host has of a figure; no unit where it does not count. @param first whose load all must have */
function figureOn(
  host: string,
  record: RunRecord,
  { path, metric, baseline }: Named,
  first: RunRecord,
): { readonly shown: HostFigure; readonly unit?: Unit } {
  const none = (reason: string) => ({ shown: { host, reason } })
  const lack = lackOf(record, path, metric)
  if (lack !== undefined) return none(lackWords(path, lack))
  const comparison = record.comparisons.find((one) => one.path === path && one.metric === metric)
  if (comparison === undefined) return none(`${path} has no ratio of it`)
  const untrusted = untrustedReason(comparison)
  if (untrusted !== undefined) return none(untrusted)
  if (comparison.baseline !== baseline) return none(`its ratio is to ${comparison.baseline}`)
  const loads = loadDifferences(first, record).map(({ what }) => what)
  if (loads.length > 0) return none(`it measured with other ${loads.join(', ')}`)
  const { ratio, verdict } = comparison
  const estimate = logEstimateOf(ratio, roundsOf(record))
  if (estimate === null) return { shown: { host, ratio, verdict } }
  // Of a normal distribution: of few rounds the interval is wider than that, and the host rather taken for less sure.
  const { below, above } = estimate.halfWidths(defaultConfidence)
  const error = (below + above) / 2 / studentT(defaultConfidence, 1000)
  const variance = error ** 2 + runDrift ** 2 + Math.log(controlFactorOf(record, metric)) ** 2
  return { shown: { host, ratio, verdict }, unit: { host, value: estimate.log, variance } }
}
