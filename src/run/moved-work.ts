/** Whether a trial's work was done by another than the sender's thread, whose CPU time is all that a cost has. Pure. */
import { middleOf } from '../stats/middle.ts'
import { isSaturating } from '../parts/loads/loads.ts'
import { isTrialOf, type Metric } from '../record/metrics.ts'
import type { TrialRecord } from '../record/record.ts'
import type { Measured } from './values.ts'

/** Packets handled on other CPUs, as a share of all: more than this beyond the other path's is no accident. */
const notableOtherCpuShare = 0.02
/** Where a server answers from its own CPU, how much that is varies with how answers and acknowledgements meet. */
const notableOtherCpuShareOfAnswered = 0.1

/**
 * The share of its own sending time that a sender is on its CPU: less by more than this in half of all
 * blocks, and something else did the work meanwhile.
 */
const notableSenderShare = 0.05

/**
 * Why the cost of `path` cannot be compared with that of `reference`, in words; undefined where it can.
 *
 * Work that one of them has moved to another CPU (cpumap, RPS) or to a kernel thread (threaded NAPI), and
 * the other has not, is missing from the one's cost: so either way round. By medians over the trials, as a
 * busy machine now and then does either to any path; of times in the same block, as it does it to all.
 *
 * @param cost whose trials are looked at
 */
export function movedWork(
  { trials }: Pick<Measured, 'trials'>,
  path: string,
  reference: string,
  cost: Pick<Metric, 'load' | 'trial'>,
): string | undefined {
  const trialsOf = (name: string) =>
    trials.filter((trial) => trial.path === name && isTrialOf(trial, cost) && !trial.warmup)
  const [own, others] = [trialsOf(path), trialsOf(reference)]
  const notable = isSaturating(cost.load) ? notableOtherCpuShare : notableOtherCpuShareOfAnswered
  const [ownShare, otherShare] = [otherCpuShareOf(own), otherCpuShareOf(others)]
  if (ownShare !== undefined && otherShare !== undefined && Math.abs(ownShare - otherShare) > notable)
    return `other CPUs than the sender's handled ${percent(ownShare)} of its packets, and ${percent(otherShare)} of those on ${reference}: what that cost is not in the sender's CPU time`
  const sharesByBlock = new Map(others.map((trial) => [blockOf(trial), senderShareOf(trial)]))
  const differences = own.map((trial) => senderShareOf(trial) - (sharesByBlock.get(blockOf(trial)) ?? NaN))
  const difference = medianOf(differences)
  if (difference !== undefined && Math.abs(difference) > notableSenderShare)
    return `its sender had the CPU for ${percent(Math.abs(difference))} ${difference < 0 ? 'less' : 'more'} of its sends than that on ${reference}: what ran meanwhile is not in the sender's CPU time`
  return undefined
}

/** Whether floods of `path` are known to have been carried by the sender's CPU alone; undefined where nothing tells. */
export function isCarriedBySender(floods: readonly TrialRecord[]): boolean | undefined {
  const share = otherCpuShareOf(floods)
  const senderShare = medianOf(floods.map(senderShareOf))
  if (share === undefined || senderShare === undefined) return undefined
  return share <= notableOtherCpuShare && senderShare >= 1 - notableSenderShare
}

/** The median share of a flood's packets that other CPUs handled; undefined where it was not counted. */
const otherCpuShareOf = (floods: readonly TrialRecord[]): number | undefined =>
  medianOf(
    floods.map(
      ({ otherCpuPackets = NaN, senderCpuPackets = NaN }) =>
        otherCpuPackets / (otherCpuPackets + senderCpuPackets),
    ),
  )

const senderShareOf = ({ senderCpuNs = NaN, sendNs = NaN }: TrialRecord): number => senderCpuNs / sendNs

const blockOf = ({ round, block }: TrialRecord): string => `${round} ${block}`

/** The median of those that are finite. */
const medianOf = (values: readonly number[]): number | undefined => middleOf(values.filter(Number.isFinite))

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`
