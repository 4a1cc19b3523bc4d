/** What came of an HTTP trial, in the words of all kinds of load. Pure. */
import { addCounts, type DeliveryCounts, noCounts } from '../parts/delivery.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import { noTraffic } from '../parts/traffic.ts'
import type { HttpAnswer } from './h2load.ts'
import type { Fetched } from './answers.ts'

/** Pages that were got and compared. */
export interface PageCheck extends Fetched {
  readonly requests: number
}

/** The result of a trial, whose answers nobody has looked at but for their size. */
export function httpResult(answer: HttpAnswer): TrialResult {
  const { path, startNs, durationNs, sent, received, lost, connections, httpRps } = answer
  // Where sizes do not add up one at least was seen to be another's.
  const seen = answer.isOfOtherSize ? 1 : 0
  const delivery = { ...noCounts, sent, received, lost, compared: seen, corrupted: seen }
  return {
    ...{ path, kind: 'http', startNs, durationNs, sent, received, lost },
    fields: { connections, ...contentOf(delivery) },
    reported: { httpRps },
    histograms: [['httpLatencyNs', answer.httpLatencyNs]],
    // What TCP makes of HTTP requests is for the kernel to count.
    traffic: noTraffic,
    delivery,
    strays: 0,
    isRefused: false,
  }
}

/** With the pages that were got beside the trial to be compared. */
export function withPages(
  result: TrialResult,
  { requests, answered, corrupted, misdirected }: PageCheck,
): TrialResult {
  const pages = { ...noCounts, sent: requests, received: answered, lost: requests - answered }
  const delivery = addCounts(result.delivery, { ...pages, corrupted, misdirected, compared: answered })
  return { ...result, fields: { ...result.fields, ...contentOf(delivery) }, delivery }
}

/**
 * With those answers to count that no server of the path gave: somebody on the way has them from a cache, or made them up.
 *
 * @param served requests that the servers of a path have had meanwhile, by path
 */
export function withServed(
  results: readonly TrialResult[],
  served: ReadonlyMap<string, number>,
): TrialResult[] {
  const left = new Map(served)
  return results.map((result) => {
    const here = Math.max(0, left.get(result.path) ?? 0)
    left.set(result.path, here - result.received)
    const misdirected = Math.max(0, result.received - here)
    if (misdirected === 0) return result
    const delivery = addCounts(result.delivery, { ...noCounts, misdirected, compared: misdirected })
    return { ...result, fields: { ...result.fields, ...contentOf(delivery) }, delivery }
  })
}

/** Of what of the answers was looked at, as a record has it. */
const contentOf = ({ compared, corrupted, misdirected }: DeliveryCounts) => ({
  compared,
  corrupted,
  misdirected,
})
