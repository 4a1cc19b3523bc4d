import test from 'ava'
import { metricNamed } from '../../src/record/metrics.ts'
import { trialValue } from '../../src/record/trial-value.ts'
import { sampleRecord } from '../report/sample-record.ts'

const { trials } = sampleRecord()
const [flood, pingpong] = (['flood', 'pingpong'] as const).map((kind) =>
  trials.find((one) => one.kind === kind)!,
)

test('a flood has the metrics of floods', (t) => {
  t.is(trialValue(flood!, metricNamed('throughputPps')!), flood!.throughputPps)
  t.is(trialValue(flood!, metricNamed('costNs')!), flood!.costNs)
  t.is(trialValue(flood!, metricNamed('lossRatio')!), 0)
  t.is(trialValue(flood!, metricNamed('rttNs.p50')!), undefined)
})

test('a ping-pong has the statistics of its distributions', (t) => {
  t.is(trialValue(pingpong!, metricNamed('rttNs.p50')!), pingpong!.rttNs?.p50)
  t.is(trialValue(pingpong!, metricNamed('returnNs.p999')!), pingpong!.returnNs?.p999)
  t.is(trialValue(pingpong!, metricNamed('forwardNs.mean')!), pingpong!.forwardNs?.mean)
  t.is(trialValue(pingpong!, metricNamed('pacedForwardNs.p50')!), undefined)
})
