/** What a metric is. Pure. */
import type { Direction } from '../../stats/estimate.ts'
import type { Unit } from './units.ts'

/** What a metric's value is computed from, and so what is paired between two paths. */
export type Pairing = 'block' | 'round'

/** Statistics of one histogram, ns. */
export interface Statistics {
  readonly count: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly p999: number
  readonly max: number
  readonly mean: number
}

/** Suffix, quantile and pairing of the statistics taken from each distribution. */
export const statistics = [
  { suffix: 'p50', quantile: 0.5, pairing: 'block', title: 'median', adjective: 'median' },
  { suffix: 'p90', quantile: 0.9, pairing: 'block', title: '90th percentile', adjective: '90th-percentile' },
  { suffix: 'p99', quantile: 0.99, pairing: 'block', title: '99th percentile', adjective: '99th-percentile' },
  {
    suffix: 'p999',
    quantile: 0.999,
    pairing: 'round',
    title: '99.9th percentile',
    adjective: '99.9th-percentile',
  },
  { suffix: 'max', quantile: 1, pairing: 'round', title: 'maximum', adjective: 'longest' },
  { suffix: 'mean', quantile: undefined, pairing: 'block', title: 'mean', adjective: 'mean' },
] as const

export type StatisticName = (typeof statistics)[number]['suffix']

/** What came of a trial, for a metric to be computed from. */
export interface MeasuredTrial {
  /** Packets, or requests. */
  readonly sent: number
  /** Delivered, or answered. */
  readonly received: number
  readonly lost: number
  readonly durationNs: number
  /** Further fields of its record, by name. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Figures that its driver computed itself, by metric. */
  readonly reported: Readonly<Record<string, number>>
  /** Of its histograms that hold something, by the distribution's name. */
  readonly distributions: Readonly<Record<string, Statistics>>
}

/** What a metric is called in a sentence. */
export interface MetricWords {
  /** Fits after "in" and before "is": `median round trip`. */
  readonly noun: string
  /** What a greater and a smaller value are called. */
  readonly more: string
  readonly less: string
  /** Of a rate, what a path does to have more of it: `delivers` more `packets per second`. */
  readonly does?: { readonly verb: string; readonly what: string }
}

/** A metric with one value for each trial. */
export interface Amount extends MetricWords {
  /** The name used in C, JSON, CSV and TypeScript alike; the unit is part of it. */
  readonly name: string
  readonly unit: Unit
  readonly better: Direction
  /** Kind of trial it comes from. */
  readonly load: string
  /** Headline metrics get a sentence, and enter the Holm correction. */
  readonly headline: boolean
  /** Whether it is CPU time of the sender's thread, in which work that went to another CPU is missing. */
  readonly isOfSender?: true
  /** What it is, in words that a reader of the report understands. */
  readonly title: string
  /** What it is called where there is little room. */
  readonly short: string
  /** Its value; undefined where the trial has none. */
  readonly of: (trial: MeasuredTrial) => number | undefined
}

/** A distribution of delays that trials record as a histogram; each of its statistics is a metric. */
export interface Distribution {
  /** As the load's results name the histogram; the unit is part of it. One name has one load. */
  readonly name: string
  /** Kind of trial it comes from. */
  readonly load: string
  /** What it is, in words that a reader of the report understands. */
  readonly title: string
  /** What it is called after a statistic's adjective: `median round trip`. */
  readonly noun: string
  /** What it is called where there is little room; its noun where this is missing. */
  readonly short?: string
  /** Those of its statistics that get a sentence, and enter the Holm correction. */
  readonly headline: readonly StatisticName[]
  /** Whether it tells of the instrument, and is recorded only: paths are not compared in it. */
  readonly isOfInstrument: boolean
}
