/** What came of an HTTP trial, in the words of all kinds of load. Pure. */
import type { TrialResult } from '../parts/loads/trial-result.ts'
import { noTraffic } from '../parts/traffic.ts'
import type { HttpAnswer } from './h2load.ts'
import type { Fetched } from './protocol.ts'

/** Pages that were got and compared. */
export interface PageCheck extends Fetched {
  readonly requests: number
}

/** The result of a trial, whose answers nobody has looked at but for their size. */
export function httpResult(answer: HttpAnswer): TrialResult {
  const { path, startNs, durationNs, sent, received, lost, connections, httpRps } = answer
  // Where sizes do not add up one at least was seen to be another's.
  const seen = answer.isOfOtherSize ? 1 : 0
  const content = { compared: seen, corrupted: seen, misdirected: 0 }
  return {
    ...{ path, kind: 'http', startNs, durationNs, sent, received, lost },
    fields: { connections, ...content },
    reported: { httpRps },
    histograms: [['httpLatencyNs', answer.httpLatencyNs]],
    // What TCP makes of HTTP requests is for the kernel to count.
    traffic: noTraffic,
    delivery: { sent, received, lost, duplicated: 0, reordered: 0, ...content },
    strays: 0,
    isRefused: false,
  }
}

/** With the pages that were got beside the trial to be compared. */
export function withPages(result: TrialResult, check: PageCheck): TrialResult {
  const { delivery } = result
  const content = {
    compared: (delivery.compared ?? 0) + check.answered,
    corrupted: delivery.corrupted + check.corrupted,
    misdirected: delivery.misdirected + check.misdirected,
  }
  return {
    ...result,
    fields: { ...result.fields, ...content },
    delivery: {
      ...delivery,
      ...content,
      sent: delivery.sent + check.requests,
      received: delivery.received + check.answered,
      lost: delivery.lost + check.requests - check.answered,
    },
  }
}
