/** Trials, from what the generator answers to what the record keeps. */
import { noDelivery } from '../datapath/delivery.ts'
import { statisticsOf } from '../load/histogram.ts'
import type { HttpAnswer } from '../load/http.ts'
import type { HistogramData, TrialAnswer } from '../load/protocol.ts'
import { noTraffic, type Traffic } from '../parts/traffic.ts'
import type { Delivery, TrialRecord } from '../results/record.ts'

/** Where in the run a trial stands. */
export interface TrialPlace {
  readonly round: number
  readonly block: number
  readonly position: number
  readonly warmup: boolean
}

/** The packets that a trial put on its path. Only a ping-pong has replies. */
export function trafficOf(trial: TrialAnswer | HttpAnswer): Traffic {
  // What TCP makes of HTTP requests is for the kernel to count.
  if (trial.kind === 'http') return noTraffic
  const { sent, received, movedPackets } = trial
  const traffic = { ...noTraffic, requestsSent: sent, requestsReceived: received, moved: movedPackets }
  if (trial.kind !== 'pingpong') return traffic
  const { requestsReceived, late } = trial
  return {
    ...traffic,
    requestsReceived,
    repliesSent: requestsReceived,
    repliesReceived: received + late,
  }
}

/** What both ends counted in a trial. */
export function deliveryOf(trial: TrialAnswer | HttpAnswer): Delivery {
  if (trial.kind === 'http') return httpDelivery(trial)
  const { kind, sent, received, lost } = trial
  const { corrupted, duplicated, misdirected, reordered } = trial
  const counts = { kind, sent, received, lost, corrupted, duplicated, misdirected, reordered }
  if (trial.kind !== 'pingpong') return counts
  // An answer to a request that came to no server is another's.
  const forged = Math.max(0, received + trial.late - trial.requestsReceived)
  return { ...counts, received: received + trial.late, misdirected: misdirected + forged }
}

/** Of the trial, and of the pages that were got beside it to be compared. */
function httpDelivery(trial: HttpAnswer): Delivery {
  const { kind, sent, received, lost } = trial
  const { requests = 0, answered = 0, misdirected = 0 } = trial.check ?? {}
  return {
    ...noDelivery(kind),
    sent: sent + requests,
    received: received + answered,
    lost: lost + requests - answered,
    misdirected,
    ...contentOf(trial),
  }
}

/** Answers whose content was looked at: where sizes do not add up one at least was seen to be another's. */
function contentOf({ isOfOtherSize, check }: HttpAnswer) {
  const ofOtherSize = isOfOtherSize ? 1 : 0
  return {
    compared: (check?.answered ?? 0) + ofOtherSize,
    corrupted: (check?.corrupted ?? 0) + ofOtherSize,
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

const httpFields = (trial: HttpAnswer) => ({
  connections: trial.connections,
  ...(trial.httpRps > 0 ? { httpRps: trial.httpRps } : {}),
  ...contentOf(trial),
  misdirected: trial.check?.misdirected ?? 0,
})

function udpFields(trial: TrialAnswer) {
  const { reordered, duplicated, senderCpuNs, receiverCpuNs, senderPreempted, receiverPreempted } = trial
  const { sendError, receivedByServer, movedPackets } = trial
  const { corrupted, misdirected, senderCpuPackets, otherCpuPackets } = trial
  return {
    ...{ reordered, duplicated, corrupted, misdirected },
    ...{ senderCpuPackets, otherCpuPackets },
    ...{ senderCpuNs, receiverCpuNs, senderPreempted, receiverPreempted },
    ...(sendError === undefined ? {} : { sendError }),
    ...(receivedByServer.length > 1 ? { receivedByServer, movedPackets } : {}),
    ...(trial.kind === 'flood' ? floodFields(trial) : {}),
    ...(trial.kind === 'pingpong' ? pingpongFields(trial) : {}),
  }
}

const pingpongFields = ({
  requestsReceived,
  timeouts,
  late,
}: Extract<TrialAnswer, { kind: 'pingpong' }>) => ({
  requestsReceived,
  timeouts,
  late,
})

function floodFields(trial: Extract<TrialAnswer, { kind: 'flood' }>) {
  const { sendNs, shortSends, sent, received, lost, durationNs, senderCpuNs } = trial
  return {
    sendNs,
    shortSends,
    // Nothing delivered is a throughput of 0, and has cost whatever it has for nothing.
    throughputPps: durationNs > 0 ? (received / durationNs) * 1e9 : 0,
    ...(received > 0 ? { costNs: senderCpuNs / received } : {}),
    ...(sent > 0 ? { lossRatio: lost / sent } : {}),
  }
}
