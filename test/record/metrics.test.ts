import test from 'ava'
import { metricNamed, metrics } from '../../src/record/metrics.ts'

test('there are three metrics of floods, one of HTTP, seven of TCP, and six statistics of each distribution', (t) => {
  t.deepEqual(
    metrics.map(({ name }) => name),
    [
      'throughputPps',
      'costNs',
      'lossRatio',
      'httpRps',
      'tcpRrTps',
      'tcpRrCostNs',
      'tcpStreamBps',
      'tcpStreamCostNs',
      'tcpStreamSegmentCostNs',
      'tcpCrrTps',
      'tcpCrrCostNs',
      ...['rttNs', 'forwardNs', 'returnNs', 'pacedForwardNs', 'httpLatencyNs', 'tcpRrNs', 'tcpCrrNs'].flatMap(
        (name) => ['p50', 'p90', 'p99', 'p999', 'max', 'mean'].map((suffix) => `${name}.${suffix}`),
      ),
    ],
  )
})

test('only rates are better when higher', (t) => {
  const higher = metrics.filter(({ better }) => better === 'higher').map(({ name }) => name)
  t.deepEqual(higher, ['throughputPps', 'httpRps', 'tcpRrTps', 'tcpStreamBps', 'tcpCrrTps'])
})

test('the headline metrics are those that a user asks for first', (t) => {
  const headline = metrics.filter((metric) => metric.headline).map(({ name }) => name)
  t.deepEqual(headline, [
    'throughputPps',
    'costNs',
    'httpRps',
    'tcpRrTps',
    'tcpStreamBps',
    'tcpCrrTps',
    'rttNs.p50',
    'rttNs.p99',
    'pacedForwardNs.p50',
    'pacedForwardNs.p90',
    'httpLatencyNs.p50',
    'httpLatencyNs.p99',
    'tcpRrNs.p50',
    'tcpRrNs.p99',
    'tcpCrrNs.p50',
    'tcpCrrNs.p99',
  ])
})

test('quantiles that the packets of one trial cannot show are paired by round', (t) => {
  for (const { name, pairing } of metrics) t.is(pairing, /\.(p999|max)$/.test(name) ? 'round' : 'block', name)
})

test('the unit is part of the name', (t) => {
  const ending = { pps: /Pps$/, rps: /Rps$/, tps: /Tps$/, Bps: /Bps$/, ns: /Ns(\.\w+)?$/, ratio: /Ratio$/ }
  for (const { name, unit } of metrics) t.regex(name, ending[unit])
})

test('a metric is found by its name', (t) => {
  t.is(metricNamed('rttNs.p99')?.load, 'pingpong')
  t.is(metricNamed('pacedForwardNs.p50')?.load, 'paced')
  t.is(metricNamed('httpRps')?.load, 'http')
  t.is(metricNamed('rttNs'), undefined)
})
