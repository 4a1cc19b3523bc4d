import test from 'ava'
import { baseUnit } from '../../src/export/base-units.ts'
import { metricBase, wordsOf } from '../../src/export/metric-base.ts'
import { metrics } from '../../src/record/metrics.ts'

test('the unit goes from the end of a name, and the rest falls into words', (t) => {
  t.deepEqual(metricBase('throughputPps', 'pps'), ['throughput'])
  t.deepEqual(metricBase('pacedForwardNs.p999', 'ns'), ['paced', 'forward', 'p999'])
  t.deepEqual(metricBase('lossRatio', 'ratio'), ['loss'])
  t.deepEqual(metricBase('queueBytes', 'ns'), ['queue', 'bytes'])
})

test('names of other kinds give words too', (t) => {
  t.deepEqual(metricBase('ns', 'ns'), ['ns'])
  t.deepEqual(metricBase('HTTPTime {95 %}', 's'), ['http', 'time', '95'])
  t.deepEqual(metricBase('µ', 'ns'), ['metric'])
  t.deepEqual(wordsOf('B/s'), ['b', 's'])
})

test('no two metrics have the same base', (t) => {
  const bases = metrics.map(({ name, unit }) => metricBase(name, unit).join('_'))
  t.is(new Set(bases).size, metrics.length)
})

test('times become seconds, rates are spelt out, what is not known stays', (t) => {
  t.deepEqual(baseUnit('ns'), { unit: 'seconds', factor: 1e-9 })
  t.deepEqual(baseUnit('pps'), { unit: 'packets_per_second', factor: 1 })
  t.deepEqual(baseUnit('ratio'), { unit: 'ratio', factor: 1 })
  t.deepEqual(baseUnit('B/s'), { unit: 'b_s', factor: 1 })
  t.deepEqual(baseUnit('%'), { unit: 'value', factor: 1 })
})
