import test from 'ava'
import { leadMetrics } from '../../src/record/lead-metrics.ts'

test('a rate and a median lead, the first of each in the order of tables', (t) => {
  t.deepEqual(leadMetrics(['rttNs.p50', 'pacedForwardNs.p50', 'costNs', 'httpRps', 'throughputPps']), [
    'throughputPps',
    'rttNs.p50',
  ])
})

test('a load of TCP or HTTP alone has metrics that lead, too', (t) => {
  t.deepEqual(leadMetrics(['tcpStreamBps']), ['tcpStreamBps'])
  t.deepEqual(leadMetrics(['tcpRrNs.p99', 'tcpRrNs.p50', 'tcpRrTps']), ['tcpRrTps', 'tcpRrNs.p50'])
  t.deepEqual(leadMetrics(['httpLatencyNs.p50', 'httpRps']), ['httpRps', 'httpLatencyNs.p50'])
})

test('what no headline is of, or nobody knows, does not lead', (t) => {
  t.deepEqual(leadMetrics(['forwardNs.p50', 'lossRatio', 'costNs', 'ofLater.p50']), [])
})
