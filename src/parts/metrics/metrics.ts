/** The catalogue of metrics: a line here for each, in the order in which tables and reports show them. */
import type { Amount, Distribution } from './metric.ts'
import { cost } from './cost.ts'
import { forwardDelay } from './forward-delay.ts'
import { frameLoss } from './frame-loss.ts'
import { httpLatency } from './http-latency.ts'
import { httpRate } from './http-rate.ts'
import { pacedDelayUncorrected } from './paced-delay-uncorrected.ts'
import { pacedDelay } from './paced-delay.ts'
import { returnDelay } from './return-delay.ts'
import { roundTrip } from './round-trip.ts'
import { scheduleError } from './schedule-error.ts'
import { tcpCrrCost } from './tcp-crr-cost.ts'
import { tcpCrrLatency } from './tcp-crr-latency.ts'
import { tcpCrrRate } from './tcp-crr-rate.ts'
import { tcpRrCost } from './tcp-rr-cost.ts'
import { tcpRrLatencyUncorrected } from './tcp-rr-latency-uncorrected.ts'
import { tcpRrLatency } from './tcp-rr-latency.ts'
import { tcpRrRate } from './tcp-rr-rate.ts'
import { tcpStreamCost } from './tcp-stream-cost.ts'
import { tcpStreamRate } from './tcp-stream-rate.ts'
import { tcpStreamSegmentCost } from './tcp-stream-segment-cost.ts'
import { throughput } from './throughput.ts'

/** One value for each trial. */
const amountParts = [
  throughput,
  cost,
  frameLoss,
  httpRate,
  tcpRrRate,
  tcpRrCost,
  tcpStreamRate,
  tcpStreamCost,
  tcpStreamSegmentCost,
  tcpCrrRate,
  tcpCrrCost,
] as const

/** A histogram for each trial. */
const distributionParts = [
  roundTrip,
  forwardDelay,
  returnDelay,
  pacedDelay,
  pacedDelayUncorrected,
  scheduleError,
  httpLatency,
  tcpRrLatency,
  tcpRrLatencyUncorrected,
  tcpCrrLatency,
] as const

export type AmountName = (typeof amountParts)[number]['name']
export type DistributionName = (typeof distributionParts)[number]['name']

export const amounts: readonly Amount[] = amountParts
export const distributions: readonly Distribution[] = distributionParts

/** Those that paths are compared in. */
export const comparedDistributions = distributions.filter(({ isOfInstrument }) => !isOfInstrument)
