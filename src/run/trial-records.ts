/** Trials, from what the generator answers to what the record keeps. */
import { noTraffic, type Traffic } from '../datapath/proof.ts'
import { statisticsOf } from '../load/histogram.ts'
import type { HttpAnswer } from '../load/http.ts'
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
export function trafficOf(trial: TrialAnswer | HttpAnswer): Traffic {
  const { kind, sent, received } = trial
  // What TCP makes of HTTP requests is for the kernel to count.
  if (trial.kind === 'http') return { ...noTraffic, failedHttp: trial.lost }
  const hasReplies = kind === 'pingpong'
  return {
    requestsSent: sent,
    requestsReceived: received,
    repliesSent: hasReplies ? sent : 0,
    repliesReceived: hasReplies ? received : 0,
    failedHttp: 0,
    moved: trial.movedPackets,
  }
}

/** The histograms of a trial, by name. */
export function histogramsOf(trial: TrialAnswer | HttpAnswer): [name: string, data: HistogramData][] {
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
    case 'http':
      return [['httpLatencyNs', trial.httpLatencyNs]]
  }
}

/** The record of one trial. */
export function trialRecord(trial: TrialAnswer | HttpAnswer, place: TrialPlace): TrialRecord {
  const { path, kind, startNs, durationNs, sent, received, lost } = trial
  return {
    ...place,
    ...{ path, kind, startNs, durationNs, sent, received, lost },
    ...(trial.kind === 'http' ? httpFields(trial) : udpFields(trial)),
    ...Object.fromEntries(
      histogramsOf(trial)
        .filter(([, data]) => data.count > 0)
        .map(([name, data]) => [name, statisticsOf(data)]),
    ),
  }
}

const httpFields = ({ connections, httpRps }: HttpAnswer) => ({
  connections,
  ...(httpRps > 0 ? { httpRps } : {}),
})

function udpFields(trial: TrialAnswer) {
  const { reordered, duplicated, senderCpuNs, receiverCpuNs, senderPreempted, receiverPreempted } = trial
  const { sendError, receivedByServer, movedPackets } = trial
  return {
    ...{ reordered, duplicated, senderCpuNs, receiverCpuNs, senderPreempted, receiverPreempted },
    ...(sendError === undefined ? {} : { sendError }),
    ...(receivedByServer.length > 1 ? { receivedByServer, movedPackets } : {}),
    ...(trial.kind === 'flood' ? floodFields(trial) : {}),
    ...(trial.kind === 'pingpong' ? { timeouts: trial.timeouts, late: trial.late } : {}),
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
