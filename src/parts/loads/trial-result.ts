/** What came of a trial, in words that all kinds of load share. */
import type { HistogramData } from '../histogram-data.ts'
import type { MeasuredTrial } from '../metrics/metric.ts'
import type { Traffic } from '../traffic.ts'

/** What both ends counted in a trial. */
export interface TrialDelivery {
  /** Packets, or requests. In a round trip requests: each has an answer, too. */
  readonly sent: number
  readonly received: number
  readonly lost: number
  readonly corrupted: number
  readonly duplicated: number
  readonly misdirected: number
  readonly reordered: number
  /** Of how many the content was looked at, where it was not of all. */
  readonly compared?: number | undefined
}

export interface TrialResult extends Omit<MeasuredTrial, 'distributions'> {
  readonly path: string
  readonly kind: string
  /** CLOCK_MONOTONIC at its start. */
  readonly startNs: number
  readonly histograms: readonly (readonly [distribution: string, data: HistogramData])[]
  /** The packets that it put on its path. */
  readonly traffic: Traffic
  readonly delivery: TrialDelivery
  /** Packets of earlier trials that came once those were over. */
  readonly strays: number
  /** Whether it ended early, as the kernel took no packet. */
  readonly isRefused: boolean
  /** What each server got, in their order, where that is counted. */
  readonly byServer?: {
    readonly received: readonly number[]
    /** Flows known to be on each since the path was opened. */
    readonly flows: readonly number[]
  }
}
