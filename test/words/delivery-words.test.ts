import test from 'ava'
import { deliveryClause, deliveryMark, deliveryOfBoth } from '../../src/words/delivery-words.ts'
import type { Delivery, PathRecord, RunRecord } from '../../src/record/record.ts'
import { deliveryWith, lossyRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'

const withDelivery = (
  faults: Parameters<typeof deliveryWith>[0],
  allows?: NonNullable<PathRecord['allows']>,
): { record: RunRecord; path: PathRecord } => {
  const record = sampleRecord()
  const path = { ...record.paths[1]!, delivery: deliveryWith(faults), ...(allows ? { allows } : {}) }
  return {
    record: { ...record, paths: record.paths.map((one) => (one.name === path.name ? path : one)) },
    path,
  }
}

const says = test.macro({
  exec: (
    t,
    faults: Partial<Record<Delivery['kind'], Partial<Delivery>>>,
    allows: NonNullable<PathRecord['allows']> | undefined,
    clause: string | undefined,
    mark: string | undefined,
  ) => {
    const { record, path } = withDelivery(faults, allows)
    t.is(deliveryClause(record, path), clause)
    t.is(deliveryMark(record, path), mark)
  },
  title: (title = '') => title,
})

test('a path that delivers all has no clause', says, {}, { lossRatio: 0.01 }, undefined, undefined)
test(
  'allowed loss is told with what is allowed',
  says,
  { flood: { lost: 800 } },
  { lossRatio: 0.01 },
  "lost 0.8 % of the flood's packets (1 % allowed)",
  'lost 0.8 %',
)
test(
  'loss is told of every load, and marked by the worst',
  says,
  { flood: { lost: 800 }, pingpong: { lost: 50 }, paced: { lost: 1200 } },
  undefined,
  "lost 0.8 % of the flood's packets, 0.05 % of the ping-pong's requests and 1.2 % of the paced load's packets",
  'lost 1.2 %',
)
test(
  'of HTTP answers spoilt ones are told as a share of those that were compared',
  says,
  { http: { sent: 6400, received: 6400, compared: 960, corrupted: 240 } },
  undefined,
  'corrupted 25 % of the HTTP requests',
  'corrupted 25 %',
)
test(
  'reordering is told beside loss',
  says,
  { flood: { lost: 800, reordered: 2000 } },
  { lossRatio: 0.01, reordered: 0.05 },
  "lost 0.8 % of the flood's packets (1 % allowed) and reordered 2 % of the flood's packets (5 % allowed)",
  'lost 0.8 %, reordered 2 %',
)
test(
  'a share that would round to nothing is a count',
  says,
  { flood: { lost: 3 } },
  undefined,
  "lost 3 of the flood's 100,000 packets",
  'lost 3 of 100,000',
)
test(
  'nearly all is not all',
  says,
  { flood: { lost: 99_990 } },
  undefined,
  "lost 99.99 % of the flood's packets",
  'lost 99.99 %',
)

test('an older record has its loss in its trials', (t) => {
  const record = sampleRecord()
  const trials = record.trials.map((trial) =>
    trial.path === 'redirect' && trial.kind === 'flood' ? { ...trial, lost: 32 } : trial,
  )
  t.is(deliveryClause({ ...record, trials }, record.paths[1]!), "lost 1 % of the flood's packets")
})

test('a comparison tells what both its sides lost', (t) => {
  const both = { path: 'redirect', baseline: 'stack' }
  t.is(deliveryOfBoth(sampleRecord(), both), '')
  const record = lossyRecord()
  t.is(deliveryOfBoth(record, both), ", while it lost 0.8 % of the flood's packets (1 % allowed)")
  const paths = record.paths.map((path) =>
    path.name === 'stack' ? { ...path, delivery: deliveryWith({ flood: { lost: 100 } }) } : path,
  )
  t.is(
    deliveryOfBoth({ ...record, paths }, both),
    ", while it lost 0.8 % of the flood's packets (1 % allowed) and stack lost 0.1 % of the flood's packets",
  )
})
