import test from 'ava'
import { addDelivery, type Delivered, judgeDelivery, noDelivery } from '../../src/datapath/delivery.ts'
import type { Delivery } from '../../src/record/record.ts'

const flood = (changes: Partial<Delivery> = {}): Delivery => {
  const { sent = 80_000, lost = 0 } = changes
  return { ...noDelivery('flood'), sent, lost, received: sent - lost, ...changes }
}
const timed = (kind: 'pingpong' | 'paced', lost = 0): Delivery => ({
  ...noDelivery(kind),
  ...{ sent: 25_000, lost, received: 25_000 - lost },
})
const judge = (delivery: readonly Delivery[], more: Partial<Delivered> = {}) =>
  judgeDelivery({ delivery, allows: {}, isFinal: true, ...more })
const broken = (...of: Parameters<typeof judge>) =>
  judge(...of)
    .filter(({ holds }) => !holds)
    .map(({ what }) => what)

const whole = [flood(), timed('pingpong'), timed('paced')]

test('a path that delivered everything whole, once and in order holds in every respect', (t) => {
  t.deepEqual(
    judge(whole).map(({ what, expected, observed, holds }) => [what, expected, observed, holds]),
    [
      ['packets that arrived with other content than was sent', 'none', '0', true],
      ['packets that arrived more than once', 'none', '0', true],
      ['packets that came to another end than was called', 'none', '0', true],
      ['packets that arrived after a later one of their flow', 'none', '0', true],
      ['packets lost in floods', 'none', '0', true],
      ['packets lost in ping-pong and paced trials', 'none', '0', true],
    ],
  )
})

test('what arrived spoilt is told before what is missing for that', (t) => {
  t.deepEqual(broken([flood({ corrupted: 3, lost: 3 })]), [
    'packets that arrived with other content than was sent',
    'packets lost in floods',
  ])
})

const ofFloods = (rules: ReturnType<typeof judge>) =>
  rules.find(({ what }) => what === 'packets lost in floods')

for (const [what, delivery] of [
  ['packets lost in floods', [flood({ lost: 1 }), timed('paced')]],
  ['packets lost in ping-pong and paced trials', [flood(), timed('pingpong', 1)]],
  ['packets lost in ping-pong and paced trials', [flood(), timed('paced', 1)]],
  ['packets that arrived with other content than was sent', [flood({ corrupted: 1 })]],
  ['packets that arrived more than once', [flood({ duplicated: 1 })]],
  ['packets that came to another end than was called', [flood({ misdirected: 1 })]],
  ['packets that arrived after a later one of their flow', [flood({ reordered: 1 })]],
  ['HTTP requests not answered', [{ ...noDelivery('http'), sent: 320, received: 319, lost: 1 }]],
] as const)
  test(`one of many breaks the proof: ${what} (${delivery.at(-1)?.kind})`, (t) => {
    t.deepEqual(broken(delivery), [what])
  })

test('copies of TCP segments are what sockets or the kernel found, whichever is more', (t) => {
  const repairs = { segments: 9000, resent: 1, repeated: 4 }
  const what = 'TCP segments that arrived more often than they were sent'
  const ofSegments = (delivery: Delivery) =>
    judge([delivery], { repairs }).flatMap((rule) => (rule.what === what ? [rule.observed] : []))
  t.deepEqual(ofSegments({ ...noDelivery('http'), sent: 320, received: 320 }), ['3 of 9000'])
  const transactions = { ...noDelivery('tcp-rr'), sent: 20, received: 20, segments: 42 }
  t.deepEqual(ofSegments(transactions), ['3 of 42'])
  t.deepEqual(ofSegments({ ...transactions, duplicated: 5 }), ['5 of 42'])
  t.deepEqual(ofSegments(flood()), [])
})

const web = (changes: Partial<Delivery> = {}): Delivery => ({
  ...noDelivery('http'),
  ...{ sent: 6400, received: 6400, compared: 960 },
  ...changes,
})

test('of HTTP answers the content is judged, and who they are from, beside others or alone', (t) => {
  t.deepEqual(broken([web()]), [])
  t.deepEqual(
    judge([flood(), web({ corrupted: 3 })])
      .filter(({ holds }) => !holds)
      .map(({ what, expected, observed }) => `${what}: ${observed}, expected ${expected}`),
    ['HTTP answers that came with other content than the server sent: 3 of 960, expected none'],
  )
  t.deepEqual(broken([web({ misdirected: 1 })]), ['HTTP answers of another server than was called'])
  t.deepEqual(broken([web({ corrupted: 1 })], { allows: { lossRatio: 0.5 } }).length, 1)
})

test('a record of a version that did not look at content says nothing of it', (t) => {
  const { compared: _compared, ...older } = web()
  t.deepEqual(
    judge([older]).map(({ what }) => what),
    ['HTTP requests not answered'],
  )
})

test('what was compared adds up', (t) => {
  t.is(addDelivery(noDelivery('http'), web()).compared, 960)
  t.is(addDelivery(web(), web({ compared: 40 })).compared, 1000)
  t.false('compared' in addDelivery(flood(), flood()))
})

test('a loss is told with its share', (t) => {
  t.is(ofFloods(judge([flood({ lost: 40 })]))?.observed, '40 of 80000 (0.05 %)')
})

test('in floods as much may be lost as on the floor, which nothing can beat, and no more', (t) => {
  const floor = [flood({ lost: 100 })]
  t.deepEqual(broken([flood({ lost: 100 })], { floor }), [])
  t.deepEqual(broken([flood({ lost: 140 })], { floor }), [])
  t.deepEqual(broken([flood({ lost: 300 })], { floor }), ['packets lost in floods'])
  t.deepEqual(broken([flood({ lost: 1 })], { floor: [flood()] }), ['packets lost in floods'])
  t.is(
    ofFloods(judge([flood({ lost: 300 })], { floor }))?.expected,
    'no more than on the floor: 100 of 80000 (0.13 %)',
  )
})

test('what the floor loses one packet at a time excuses no loss', (t) => {
  t.deepEqual(broken([timed('paced', 1)], { floor: [flood({ lost: 100 })] }), [
    'packets lost in ping-pong and paced trials',
  ])
})

test('a share that the scenario allows holds up to that share, and is told', (t) => {
  const allows = { lossRatio: 0.01, reordered: 0.001 }
  const within = judge([flood({ lost: 800, reordered: 79 }), timed('paced', 250)], { allows })
  t.true(within.every(({ holds }) => holds))
  t.is(ofFloods(within)?.expected, 'at most 1 % (allowed)')
  t.is(ofFloods(within)?.observed, '800 of 80000 (1 %)')
  t.deepEqual(broken([flood({ lost: 801 })], { allows }), ['packets lost in floods'])
  t.deepEqual(broken([flood({ reordered: 81 })], { allows }), [
    'packets that arrived after a later one of their flow',
  ])
})

test('while a run goes on, chance may take an allowed share beyond its bound, but not far', (t) => {
  const allows = { lossRatio: 0.01 }
  t.deepEqual(broken([flood({ sent: 800, lost: 14 })], { allows, isFinal: false }), [])
  t.deepEqual(broken([flood({ sent: 800, lost: 80 })], { allows, isFinal: false }), [
    'packets lost in floods',
  ])
})

test('nothing allows damage, copies or packets that come to another end', (t) => {
  const allows = { lossRatio: 0.5, reordered: 0.5 }
  t.is(broken([flood({ corrupted: 1, duplicated: 1, misdirected: 1 })], { allows }).length, 3)
})
