import test from 'ava'
import { noTraffic } from '../../src/datapath/proof.ts'
import type { HttpAnswer } from '../../src/load/http.ts'
import { trialRecordSchema } from '../../src/results/record.ts'
import { trafficOf, trialRecord } from '../../src/run/trial-records.ts'
import { floodAnswer, histogram, pacedAnswer, pingpongAnswer } from './answers.ts'

const place = { round: 2, block: 3, position: 4, warmup: false }
const counted = {
  ...place,
  path: 'stack',
  startNs: 1000,
  durationNs: 2_000_000,
  sent: 100,
  received: 96,
  lost: 4,
  reordered: 1,
  duplicated: 2,
  senderCpuNs: 500_000,
  receiverCpuNs: 400_000,
  senderPreempted: 3,
  receiverPreempted: 5,
}

test('a flood gives packets delivered a second, CPU time a packet accepted, and loss', (t) => {
  t.deepEqual(trialRecord(floodAnswer('stack'), place), {
    ...counted,
    kind: 'flood',
    sendNs: 1_900_000,
    shortSends: 6,
    throughputPps: 48_000,
    costNs: 5000,
    lossRatio: 0.04,
  })
})

test('a flood that delivered nothing has no throughput; its loss is whole', (t) => {
  const record = trialRecord(floodAnswer('stack', { received: 0, lost: 100 }), place)
  t.false('throughputPps' in record)
  t.is(record.lossRatio, 1)
  t.is(record.costNs, 5000)
})

test('a flood of which the kernel took nothing has neither cost nor loss, and says why it ended', (t) => {
  const record = trialRecord(
    floodAnswer('stack', { sent: 0, received: 0, lost: 0, sendError: 'Network is unreachable' }),
    place,
  )
  t.false('costNs' in record)
  t.false('lossRatio' in record)
  t.is(record.sendError, 'Network is unreachable')
})

test('a ping-pong gives statistics of the round trip and of each way', (t) => {
  t.deepEqual(trialRecord(pingpongAnswer('stack'), place), {
    ...counted,
    kind: 'pingpong',
    timeouts: 4,
    late: 1,
    rttNs: { count: 3, p50: 1200, p90: 1400, p99: 1400, p999: 1400, max: 1400, mean: 1200 },
    forwardNs: { count: 3, p50: 600, p90: 700, p99: 700, p999: 700, max: 700, mean: 600 },
    returnNs: { count: 3, p50: 600, p90: 700, p99: 700, p999: 700, max: 700, mean: 600 },
  })
})

test('a paced trial gives the delay from the schedule, the uncorrected one, and the schedule’s own error', (t) => {
  const record = trialRecord(pacedAnswer('stack'), place)
  t.is(record.pacedForwardNs?.max, 900)
  t.is(record.pacedForwardUncorrectedNs?.max, 800)
  t.is(record.scheduleErrorNs?.mean, 75)
})

test('where nothing arrived there is no delay', (t) => {
  const record = trialRecord(pacedAnswer('stack', { pacedForwardNs: histogram() }), place)
  t.false('pacedForwardNs' in record)
  t.true('scheduleErrorNs' in record)
})

test('every record fits the schema', (t) => {
  for (const answer of [floodAnswer('a'), pingpongAnswer('a'), pacedAnswer('a')]) {
    const record = trialRecord(answer, { ...place, warmup: true })
    t.deepEqual(trialRecordSchema.parse(record), record)
  }
})

test('only a ping-pong has replies: as many were sent as requests, at most', (t) => {
  t.deepEqual(trafficOf(floodAnswer('stack', { movedPackets: 7 })), {
    ...noTraffic,
    requestsSent: 100,
    requestsReceived: 96,
    moved: 7,
  })
  t.deepEqual(trafficOf(pingpongAnswer('stack')), {
    ...noTraffic,
    requestsSent: 100,
    requestsReceived: 96,
    repliesSent: 100,
    repliesReceived: 96,
  })
})

const httpTrial: HttpAnswer = {
  path: 'nat',
  kind: 'http',
  startNs: 1000,
  durationNs: 2_000_000,
  sent: 10,
  received: 9,
  lost: 1,
  connections: 2,
  httpRps: 4500,
  httpLatencyNs: histogram(100, 200, 300),
}

test('what HTTP requests make of packets is for the kernel to count: only those that failed are ours', (t) => {
  t.deepEqual(trafficOf(httpTrial), { ...noTraffic, failedHttp: 1 })
})

test('an HTTP trial is recorded with its rate and latencies, and without what UDP trials have', (t) => {
  const record = trialRecord(httpTrial, place)
  t.deepEqual(trialRecordSchema.parse(record), record)
  t.deepEqual([record.sent, record.received, record.lost, record.connections], [10, 9, 1, 2])
  t.is(record.httpRps, 4500)
  t.is(record.httpLatencyNs?.p50, 200)
  t.false('senderCpuNs' in record || 'reordered' in record)
})

test('where several servers share the packets, a trial says how', (t) => {
  const one = trialRecord(floodAnswer('a'), place)
  t.false('receivedByServer' in one)
  const two = trialRecord(floodAnswer('a', { receivedByServer: [50, 46], movedPackets: 2 }), place)
  t.deepEqual([two.receivedByServer, two.movedPackets], [[50, 46], 2])
})
