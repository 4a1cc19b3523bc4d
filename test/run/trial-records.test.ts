import test from 'ava'
import { noDelivery } from '../../src/datapath/delivery.ts'
import type { HttpAnswer } from '../../src/load/h2load.ts'
import { httpResult, withPages } from '../../src/load/http-result.ts'
import { noTraffic } from '../../src/parts/traffic.ts'
import { trialRecordSchema } from '../../src/record/schema/trials.ts'
import { trialRecord } from '../../src/run/trial-records.ts'
import { counted as everyCount, floodResult, histogram, pacedResult, pingpongResult } from './answers.ts'

const place = { round: 2, block: 3, position: 4, warmup: false }
// What says to which server packets went is not of a trial's record.
const {
  strays: _strays,
  receivedByServer: _received,
  flowsByServer: _flows,
  movedPackets: _moved,
  ...ofBothEnds
} = everyCount
const counted = { ...ofBothEnds, ...place, path: 'stack' }

test('a flood gives packets delivered a second, CPU time a packet delivered, and loss', (t) => {
  t.deepEqual(trialRecord(floodResult('stack'), place), {
    ...counted,
    kind: 'flood',
    sendNs: 1_900_000,
    shortSends: 6,
    throughputPps: 48_000,
    costNs: 500_000 / 96,
    lossRatio: 0.04,
  })
})

test('a flood that delivered nothing has a throughput of 0, its loss is whole, and no packet of it cost anything', (t) => {
  const record = trialRecord(floodResult('stack', { received: 0, lost: 100 }), place)
  t.is(record.throughputPps, 0)
  t.is(record.lossRatio, 1)
  t.false('costNs' in record)
})

test('a flood of which the kernel took nothing has neither cost nor loss, and says why it ended', (t) => {
  const record = trialRecord(
    floodResult('stack', { sent: 0, received: 0, lost: 0, sendError: 'Network is unreachable' }),
    place,
  )
  t.false('costNs' in record)
  t.false('lossRatio' in record)
  t.is(record.sendError, 'Network is unreachable')
})

test('a ping-pong gives statistics of the round trip and of each way', (t) => {
  t.deepEqual(trialRecord(pingpongResult('stack'), place), {
    ...counted,
    kind: 'pingpong',
    lost: 3,
    requestsReceived: 98,
    timeouts: 4,
    late: 1,
    rttNs: { count: 3, p50: 1200, p90: 1400, p99: 1400, p999: 1400, max: 1400, mean: 1200 },
    forwardNs: { count: 3, p50: 600, p90: 700, p99: 700, p999: 700, max: 700, mean: 600 },
    returnNs: { count: 3, p50: 600, p90: 700, p99: 700, p999: 700, max: 700, mean: 600 },
  })
})

test('a paced trial gives the delay from the schedule, the uncorrected one, and the schedule’s own error', (t) => {
  const record = trialRecord(pacedResult('stack'), place)
  t.is(record.pacedForwardNs?.max, 900)
  t.is(record.pacedForwardUncorrectedNs?.max, 800)
  t.is(record.scheduleErrorNs?.mean, 75)
})

test('where nothing arrived there is no delay', (t) => {
  const record = trialRecord(pacedResult('stack', { pacedForwardNs: histogram() }), place)
  t.false('pacedForwardNs' in record)
  t.true('scheduleErrorNs' in record)
})

test('every record fits the schema', (t) => {
  for (const answer of [floodResult('a'), pingpongResult('a'), pacedResult('a')]) {
    const record = trialRecord(answer, { ...place, warmup: true })
    t.deepEqual(trialRecordSchema.parse(record), record)
  }
})

test('only a ping-pong has replies: one for each request that came to a server, and late ones count', (t) => {
  t.deepEqual(floodResult('stack', { movedPackets: 7 }).traffic, {
    ...noTraffic,
    requestsSent: 100,
    requestsReceived: 96,
    moved: 7,
  })
  t.deepEqual(pingpongResult('stack').traffic, {
    ...noTraffic,
    requestsSent: 100,
    requestsReceived: 98,
    repliesSent: 98,
    repliesReceived: 97,
  })
})

test('what both ends counted: an answer that was late was delivered', (t) => {
  const faults = { corrupted: 3, duplicated: 2, misdirected: 0, reordered: 1 }
  t.deepEqual(floodResult('stack').delivery, {
    sent: 100,
    received: 96,
    lost: 4,
    ...faults,
  })
  t.deepEqual(pingpongResult('stack').delivery, {
    sent: 100,
    received: 97,
    lost: 3,
    ...faults,
  })
})

test('answers to requests that came to no server are from elsewhere', (t) => {
  t.is(pingpongResult('stack', { requestsReceived: 90 }).delivery.misdirected, 7)
})

const httpAnswer: HttpAnswer = {
  path: 'nat',
  startNs: 1000,
  durationNs: 2_000_000,
  sent: 10,
  received: 9,
  lost: 1,
  connections: 2,
  httpRps: 4500,
  httpLatencyNs: histogram(100, 200, 300),
  isOfOtherSize: false,
}
const httpTrial = httpResult(httpAnswer)

test('what HTTP requests make of packets is for the kernel to count', (t) => {
  t.deepEqual(httpTrial.traffic, noTraffic)
})

const check = { requests: 32, answered: 31, corrupted: 2, misdirected: 1 }
const { duplicated, reordered } = noDelivery('http')

test('pages got beside an HTTP trial are delivered or lost as its own are, and their content is what was compared', (t) => {
  t.deepEqual(withPages(httpTrial, check).delivery, {
    ...{ sent: 42, received: 40, lost: 2 },
    ...{ corrupted: 2, misdirected: 1, compared: 31 },
    ...{ duplicated, reordered },
  })
  const record = trialRecord(withPages(httpTrial, check), place)
  t.deepEqual(trialRecordSchema.parse(record), record)
  t.deepEqual([record.sent, record.received, record.lost], [10, 9, 1])
  t.deepEqual([record.compared, record.corrupted, record.misdirected], [31, 2, 1])
})

test('where bodies have another size than was asked for, one answer at least is another', (t) => {
  const other = httpResult({ ...httpAnswer, isOfOtherSize: true })
  t.like(other.delivery, { sent: 10, corrupted: 1, compared: 1 })
  t.like(withPages(other, check).delivery, { sent: 42, corrupted: 3, compared: 32 })
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
  const one = trialRecord(floodResult('a'), place)
  t.false('receivedByServer' in one)
  const two = trialRecord(floodResult('a', { receivedByServer: [50, 46], movedPackets: 2 }), place)
  t.deepEqual([two.receivedByServer, two.movedPackets], [[50, 46], 2])
})
