import test from 'ava'
import {
  addRepairs,
  copiesIn,
  greaterLoss,
  lossesIn,
  noRepairs,
  repairsIn,
} from '../../src/datapath/tcp-repairs.ts'

const repairs = (segments: number, resent: number, repeated = 0) => ({ segments, resent, repeated })

test('what was sent again and what came again are those of all namespaces of a path', (t) => {
  const counters = new Map([
    [
      'netns-1',
      new Map([
        ['Tcp.OutSegs', 1000],
        ['Tcp.RetransSegs', 3],
        ['TcpExt.TCPDSACKOldSent', 1],
      ]),
    ],
    ['netns-2', new Map([['Ip.ForwDatagrams', 1800]])],
    [
      'netns-3',
      new Map([
        ['Tcp.OutSegs', 800],
        ['TcpExt.TCPDSACKOldSent', 4],
        ['TcpExt.TCPDSACKOfoSent', 2],
      ]),
    ],
  ])
  t.deepEqual(repairsIn(counters), repairs(1800, 3, 7))
  t.deepEqual(addRepairs(repairs(1800, 3, 7), repairs(200, 1)), repairs(2000, 4, 7))
  t.deepEqual(repairsIn(new Map()), noRepairs)
})

test('what came again without having been sent again was copied; what was sent again for want of it was lost', (t) => {
  t.deepEqual([copiesIn(repairs(1800, 3, 7)), lossesIn(repairs(1800, 3, 7))], [4, 0])
  t.deepEqual([copiesIn(repairs(1800, 7, 3)), lossesIn(repairs(1800, 7, 3))], [0, 4])
})

test('a path that lost more than the other is told, chance aside', (t) => {
  t.is(
    greaterLoss(repairs(80_000, 20), repairs(80_000, 0), 'stack'),
    'it lost 20 of 80000 TCP segments at least, stack 0 of 80000',
  )
  t.is(greaterLoss(repairs(80_000, 19), repairs(80_000, 0), 'stack'), undefined)
  t.is(
    greaterLoss(repairs(80_000, 200, 200), repairs(80_000, 0), 'stack'),
    undefined,
    'nothing of it was wanting',
  )
  t.is(greaterLoss(repairs(80_000, 60), repairs(80_000, 40), 'stack'), undefined)
  t.is(greaterLoss(repairs(0, 0), repairs(0, 0), 'stack'), undefined)
})

test('a path may lose what its scenario allows', (t) => {
  t.is(greaterLoss(repairs(80_000, 400), repairs(80_000, 0), 'stack', 0.005), undefined)
  t.truthy(greaterLoss(repairs(80_000, 401), repairs(80_000, 0), 'stack', 0.005))
})
