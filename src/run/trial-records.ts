/** Trials, from what the generator answers to what the record keeps. */
import type { Traffic } from '../datapath/proof.ts'
import { statisticsOf } from '../load/histogram.ts'
import type { HistogramData, TrialAnswer } from '../load/protocol.ts'
import type { TrialRecord } from '../results/record.ts'

/** Where in the run a trial stands. */
export interface TrialPlace {
  readonly round: number
  readonly block: number
  readonly position: number
  readonly warmup: boolean
}

/** The packets that a trial put on its path. Only a ping-pong has replies. */
export function trafficOf({ kind, sent, received }: TrialAnswer): Traffic {
  const hasReplies = kind === 'pingpong'
  return {
    requestsSent: sent,
    requestsReceived: received,
    repliesSent: hasReplies ? sent : 0,
    repliesReceived: hasReplies ? received : 0,
  }
}

/** The histograms of a trial, by name. */
export function histogramsOf(trial: TrialAnswer): [name: string, data: HistogramData][] {
  switch (trial.kind) {
    case 'flood':
      return []
    case 'pingpong':
      return [
        ['rttNs', trial.rttNs],
        ['forwardNs', trial.forwardNs],
        ['returnNs', trial.returnNs],
      ]
    case 'paced':
      return [
        ['pacedForwardNs', trial.pacedForwardNs],
        ['pacedForwardUncorrectedNs', trial.pacedForwardUncorrectedNs],
        ['scheduleErrorNs', trial.scheduleErrorNs],
      ]
  }
}

/** The record of one trial. */
export function trialRecord(trial: TrialAnswer, place: TrialPlace): TrialRecord {
  const { path, kind, startNs, durationNs, sent, received, lost, reordered, duplicated } = trial
  const { senderCpuNs, receiverCpuNs, senderPreempted, receiverPreempted } = trial
  return {
    ...place,
    ...{ path, kind, startNs, durationNs, sent, received, lost, reordered, duplicated },
    ...{ senderCpuNs, receiverCpuNs, senderPreempted, receiverPreempted },
    ...(trial.sendError === undefined ? {} : { sendError: trial.sendError }),
    ...(kind === 'flood' ? floodFields(trial) : {}),
    ...(kind === 'pingpong' ? { timeouts: trial.timeouts, late: trial.late } : {}),
    ...Object.fromEntries(
      histogramsOf(trial)
        .filter(([, data]) => data.count > 0)
        .map(([name, data]) => [name, statisticsOf(data)]),
    ),
  }
}

function floodFields(trial: Extract<TrialAnswer, { kind: 'flood' }>) {
  const { sendNs, shortSends, sent, received, lost, durationNs, senderCpuNs } = trial
  return {
    sendNs,
    shortSends,
    ...(received > 0 ? { throughputPps: (received / durationNs) * 1e9 } : {}),
    ...(sent > 0 ? { costNs: senderCpuNs / sent, lossRatio: lost / sent } : {}),
  }
}
