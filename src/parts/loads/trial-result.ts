/** What came of a trial, in words that all kinds of load share. */
import type { DeliveryCounts } from '../delivery.ts'
import type { HistogramData } from '../histogram-data.ts'
import type { MeasuredTrial } from '../metrics/metric.ts'
import type { Traffic } from '../traffic.ts'

export interface TrialResult extends Omit<MeasuredTrial, 'distributions'> {
  readonly path: string
  readonly kind: string
  /** What its trial is called in the scenario. */
  readonly name?: string | undefined
  /** CLOCK_MONOTONIC at its start. */
  readonly startNs: number
  readonly histograms: readonly (readonly [distribution: string, data: HistogramData])[]
  /** The packets that it put on its path. */
  readonly traffic: Traffic
  /** What both ends counted. */
  readonly delivery: DeliveryCounts
  /** Packets of earlier trials that came once those were over. */
  readonly strays: number
  /** Whether it ended early, as the kernel took no packet. */
  readonly isRefused: boolean
  /** Why it ended early, where a connection died. */
  readonly died?: string
  /** What each server got, in their order, where that is counted. */
  readonly byServer?: {
    readonly received: readonly number[]
    /** Flows known to be on each since the path was opened. */
    readonly flows: readonly number[]
  }
}
