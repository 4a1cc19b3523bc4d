import test from 'ava'
import { noCounts } from '../../src/parts/delivery.ts'
import type { TrialResult } from '../../src/parts/loads/trial-result.ts'
import { DeliveryLog } from '../../src/run/delivery-log.ts'
import { floodResult } from './answers.ts'
import { exampleText, parse } from '../scenario/example.ts'

const { paths } = parse(exampleText)
const path = (name: string) => paths.find((one) => one.name === name)!
const trial = (kind: string, sent: number, lost = 0): TrialResult => ({
  ...floodResult('stack'),
  kind,
  delivery: { ...noCounts, sent, received: sent - lost, lost },
})
const flood = (lost = 0): TrialResult => trial('flood', 800, lost)

const brokenOf = (log: DeliveryLog, name: string) =>
  log
    .judge(path(name), true)
    .filter(({ holds }) => !holds)
    .map(({ what, observed }) => `${what}: ${observed}`)

test('counts of a path add up by kind of trial', (t) => {
  const log = new DeliveryLog(paths)
  log.addTrial(flood())
  log.addTrial(flood(3))
  log.addTrial(trial('paced', 200))
  t.deepEqual(
    log.deliveryOf('stack').map(({ kind, sent, lost }) => [kind, sent, lost]),
    [
      ['flood', 1600, 3],
      ['paced', 200, 0],
    ],
  )
  t.deepEqual(log.deliveryOf('redirect'), [])
})

test('a packet that comes once its trial is over, and had lost nothing, is a copy', (t) => {
  const log = new DeliveryLog(paths)
  log.addTrial(flood())
  log.addTrial({ ...flood(), strays: 1 })
  t.deepEqual(brokenOf(log, 'stack'), ['packets that arrived more than once: 1'])
  log.addDrained({ path: 'stack', corrupted: 1, strays: 1 })
  t.deepEqual(brokenOf(log, 'stack'), [
    'packets that arrived with other content than was sent: 1',
    'packets that arrived more than once: 2',
  ])
})

test('copies are those of packets, whatever trial came first, and what HTTP lost excuses none', (t) => {
  const log = new DeliveryLog(paths)
  log.addTrial(trial('http', 160, 2))
  log.addTrial(flood())
  log.addDrained({ path: 'stack', corrupted: 1, strays: 1 })
  t.deepEqual(
    log.deliveryOf('stack').map(({ kind, corrupted, duplicated }) => [kind, corrupted, duplicated]),
    [
      ['http', 0, 0],
      ['flood', 1, 1],
    ],
  )
})

test('as many as were taken for lost may have been late instead', (t) => {
  const log = new DeliveryLog(paths)
  log.addTrial(flood(2))
  log.addDrained({ path: 'stack', corrupted: 0, strays: 2 })
  t.deepEqual(brokenOf(log, 'stack'), ['packets lost in floods: 2 of 800 (0.25 %)'])
})

test('a path of which the kernel took no packet is broken, though nothing was lost', (t) => {
  const log = new DeliveryLog(paths)
  log.addTrial({ ...trial('flood', 0), isRefused: true })
  t.deepEqual(brokenOf(log, 'stack'), ['trials that ended early, as the kernel took no packet: 1'])
})

test('a floor that is broken itself excuses nobody', (t) => {
  const log = new DeliveryLog(paths)
  for (const name of ['stack', 'floor']) log.addTrial({ ...flood(20), path: name })
  t.deepEqual([brokenOf(log, 'stack'), brokenOf(log, 'floor')], [[], []])
  log.leaveOut('floor')
  t.deepEqual(brokenOf(log, 'stack'), ['packets lost in floods: 20 of 800 (2.5 %)'])
})
