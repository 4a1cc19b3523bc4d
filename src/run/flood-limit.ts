/** What limited the floods of each path. Pure. */
import { isSaturating } from '../parts/loads/loads.ts'
import type { RunRecord, TrialRecord } from '../record/record.ts'
import type { AnalysisInput } from './analysis-input.ts'
import { isCarriedBySender } from './moved-work.ts'

/** Where in a flood the time after the last send is this share of all, the receiver was the slower end. */
const receiverLimitedShare = 0.1

/** Whether the receiver or the way to it was the slower, for each path that was flooded. */
export function floodLimitOf({
  measured,
  paths,
}: Pick<AnalysisInput, 'measured' | 'paths'>): RunRecord['derived']['floodLimit'] {
  return paths.flatMap(({ name }): RunRecord['derived']['floodLimit'] => {
    const floods = measured.trials.filter(
      ({ path, kind, warmup }) => path === name && isSaturating(kind) && !warmup,
    )
    // The last packet may be read before the last send has returned.
    const shares = floods.map(
      ({ durationNs, sendNs = durationNs }) => Math.max(0, durationNs - sendNs) / durationNs,
    )
    if (shares.length === 0) return []
    const share = shares.toSorted((a, b) => a - b)[Math.floor(shares.length / 2)] ?? 0
    const percent = `${(share * 100).toFixed(1)} %`
    const isReceiver = share > receiverLimitedShare
    return [
      {
        path: name,
        limitedBy: isReceiver ? 'receiver' : 'path',
        why: isReceiver
          ? `the last packet was delivered ${percent} of the time after the last send`
          : `${carriedBy(floods)}; delivery trailed by ${percent} of the time`,
      },
    ]
  })
}

function carriedBy(floods: readonly TrialRecord[]): string {
  const isBySender = isCarriedBySender(floods)
  if (isBySender === undefined) return 'packets were delivered as fast as they were sent'
  return isBySender
    ? "the sender's CPU carried each packet to the server's socket"
    : "part of the work was done by another than the sender's thread"
}
