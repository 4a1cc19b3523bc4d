/**
 * Bencher Metric Format: `{ benchmark: { measure: { value, lower_value, upper_value } } }`.
 *
 * A threshold there belongs to a measure and has one direction, so that measures tell what gets better with
 * more from what gets better with less. `latency` (ns) and `throughput` (operations per second) are those
 * that every project there has. `valid` is 1 or 0: a path without figures that count has no other point.
 */
import { unitNamed } from '../parts/metrics/units.ts'
import type { RunRecord } from '../record/record.ts'
import { figureName, validityName } from './figure-name.ts'
import { type Figure, figuresOf, type Selection } from './figures.ts'
import { wordsOf } from './metric-base.ts'
import { rounded } from './plain-number.ts'
import { validitiesBeside } from './validity.ts'

interface Metric {
  readonly value: number
  readonly lower_value?: number
  readonly upper_value?: number
}

export function bencher(record: RunRecord, selection: Selection): string {
  const benchmarks: Record<string, Record<string, Metric>> = {}
  const figures = figuresOf(record, selection)
  for (const figure of figures)
    benchmarks[figureName(record, figure)] = { [measureOf(figure)]: metricOf(figure) }
  for (const validity of validitiesBeside(figures, record, selection))
    benchmarks[validityName(record, validity, 'valid')] = { valid: { value: Number(validity.isValid) } }
  return Object.keys(benchmarks).length === 0 ? '' : `${JSON.stringify(benchmarks, null, 2)}\n`
}

const measures = { time: 'latency', rate: 'throughput', share: undefined } as const

/** At most as long as Bencher takes a measure's name. */
const mostCharacters = 64

const measureOf = ({ metricUnit, baseline }: Figure): string =>
  `${measureOfUnit(metricUnit)}${baseline === undefined ? '' : '-ratio'}`

const measureOfUnit = (unit: string): string =>
  measures[unitNamed(unit)?.kind ?? 'share'] ??
  (wordsOf(unit)
    .join('-')
    .slice(0, mostCharacters - '-ratio'.length) ||
    'value')

const metricOf = ({ value, interval }: Figure): Metric =>
  interval === undefined
    ? { value: rounded(value) }
    : {
        value: rounded(value),
        lower_value: rounded(interval.low),
        upper_value: rounded(interval.high),
      }
