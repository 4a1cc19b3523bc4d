import test from 'ava'
import { renderReport } from '../../src/report/report.ts'
import { deliveryView } from '../../src/report/view/delivery.ts'
import type { Delivery, RunRecord } from '../../src/record/record.ts'
import { manyPathsRecord } from './many-paths-record.ts'
import { sampleRecord } from './sample-record.ts'

const counted = (own: Partial<Delivery>): Delivery => ({
  ...{
    kind: 'flood',
    sent: 100,
    received: 100,
    lost: 0,
    corrupted: 0,
    duplicated: 0,
    misdirected: 0,
    reordered: 0,
  },
  ...own,
})

const sample = sampleRecord()

const withDelivery = (record: RunRecord, ...delivery: Delivery[]): RunRecord => ({
  ...record,
  paths: record.paths.map((path) => ({ ...path, delivery })),
})

const isFaultless = (own: Partial<Delivery>): boolean | undefined =>
  deliveryView(withDelivery(sample, counted({}), counted(own)))?.isFaultless

test('a run in which everything arrived is faultless, whether or not it counts what TCP sent again', (t) => {
  t.true(isFaultless({}))
  t.true(isFaultless({ kind: 'tcp-stream', segments: 10, retransmitted: 0 }))
})

for (const fault of ['lost', 'corrupted', 'duplicated', 'misdirected', 'reordered', 'retransmitted'] as const)
  test(`a run in which one was ${fault} is not faultless`, (t) => {
    t.false(isFaultless({ segments: 10, [fault]: 1 }))
  })

test('the page of many paths says that nothing went wrong, and only then', async (t) => {
  const sentence = /All that was sent arrived on every path/
  const kinds = (['flood', 'pingpong'] as const).map((kind) => counted({ kind }))
  t.regex(await renderReport(withDelivery(manyPathsRecord(13), ...kinds)), sentence)
  t.notRegex(await renderReport(withDelivery(manyPathsRecord(13), ...kinds, counted({ lost: 1 }))), sentence)
})
