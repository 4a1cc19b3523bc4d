/** What limited the floods of each path. Pure. */
import { middleOf } from '../stats/middle.ts'
import { percent } from './share-words.ts'
import { isSaturating } from '../parts/loads/loads.ts'
import type { RunRecord, TrialRecord } from '../record/record.ts'
import type { AnalysisInput } from './analysis-input.ts'
import { isCarriedBySender } from './moved-work.ts'

/** Where in a flood the time after the last send is this share of all, the receiver was the slower end. */
const receiverLimitedShare = 0.1

type FloodLimits = RunRecord['derived']['floodLimit']

/** Whether the receiver or the way to it was the slower, for each path that was flooded. */
export function floodLimitOf({ measured, paths }: Pick<AnalysisInput, 'measured' | 'paths'>): FloodLimits {
  const all = measured.trials.filter(({ kind, warmup }) => isSaturating(kind) && !warmup)
  const names = [...new Set(all.map(({ name }) => name))].toSorted()
  return paths.flatMap((path) => names.flatMap((name) => limitOf(all, path.name, name)))
}

function limitOf(all: readonly TrialRecord[], path: string, trial: string | undefined): FloodLimits {
  const floods = all.filter((one) => one.path === path && one.name === trial)
  // The last packet may be read before the last send has returned.
  const shares = floods.map(
    ({ durationNs, sendNs = durationNs }) => Math.max(0, durationNs - sendNs) / durationNs,
  )
  if (shares.length === 0) return []
  const share = middleOf(shares) ?? 0
  const isReceiver = share > receiverLimitedShare
  return [
    {
      path,
      ...(trial === undefined ? {} : { trial }),
      limitedBy: isReceiver ? 'receiver' : 'path',
      why: isReceiver
        ? `the last packet was delivered ${percent(share)} of the time after the last send`
        : `${carriedBy(floods)}; delivery trailed by ${percent(share)} of the time`,
    },
  ]
}

function carriedBy(floods: readonly TrialRecord[]): string {
  const isBySender = isCarriedBySender(floods)
  if (isBySender === undefined) return 'packets were delivered as fast as they were sent'
  return isBySender
    ? "the sender's CPU carried each packet to the server's socket"
    : "part of the work was done by another than the sender's thread"
}
