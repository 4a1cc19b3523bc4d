import test from 'ava'
import { type CurveChartView } from '../../src/sweep/page/chart-view.ts'
import { curveChart } from '../../src/sweep/page/chart.ts'

const viewOf = (unit: string, ...values: number[]): CurveChartView => ({
  ...{ unit, along: 'payload', values: [64, 1472], scale: 'linear', changes: [] },
  levels: [
    {
      style: { name: 'stack', title: '', label: 'stack', role: 'baseline', colour: 'baseline', dash: [] },
      points: values.map((value, x) => ({ x, value, low: value, high: value })),
    },
  ],
})

/** The title of the axis of levels, and what is drawn along it. */
const drawn = (view: CurveChartView) => {
  const { vconcat } = curveChart(view, 'wide') as unknown as {
    vconcat: {
      layer: { data: { values: { value: number }[] }; encoding: { y: { axis: { title: string } } } }[]
    }[]
  }
  const line = vconcat[0]!.layer[1]!
  return [line.encoding.y.axis.title, ...line.data.values.map(({ value }) => value)]
}

const axis = test.macro((t, unit: string, values: number[], expected: (string | number)[]) => {
  t.deepEqual(drawn(viewOf(unit, ...values)), expected)
})

test('packets per second in thousands', axis, 'pps', [2000, 300_000], ['kpps', 2, 300])
test('packets per second in millions', axis, 'pps', [500_000, 2e6], ['Mpps', 0.5, 2])
test('bytes per second of TCP', axis, 'Bps', [5e8, 2e9], ['GB/s', 0.5, 2])
test('transactions per second of TCP', axis, 'tps', [20_000, 40_000], ['ktrans/s', 20, 40])
test('requests per second', axis, 'rps', [20_000, 40_000], ['kreq/s', 20, 40])
test('a delay', axis, 'ns', [900, 20_000], ['µs', 0.9, 20])
test('a unit of a later version', axis, 'furlongs', [3, 4], ['furlongs', 3, 4])
