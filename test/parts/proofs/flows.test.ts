import test from 'ava'
import { judge } from '../../../src/parts/proofs/claims.ts'
import { noTraffic } from '../../../src/parts/traffic.ts'

test('a packet that leaves its flow’s server breaks the rule against it', (t) => {
  const judged = (moved: number) =>
    judge('round', [{ flows: 'sticky' }], {
      traffic: { ...noTraffic, moved },
      counters: new Map(),
    }).map(({ what, holds }) => [what, holds])
  const what = "packets that came to another server than their flow's first"
  t.deepEqual(judged(0), [[what, true]])
  t.deepEqual(judged(2), [[what, false]])
})

test('flows are balanced while chance alone would divide them so', (t) => {
  const judged = (...flows: number[]) =>
    judge(
      'servers',
      [{ flows: 'balanced' }],
      flows.map((count, index) => ({ namespace: `server-${index}`, flows: count })),
    ).map((finding) => finding.holds)
  // 640 flows on two servers: 258 to 382 each, but for one run in a million.
  t.deepEqual(judged(320, 320), [true, true])
  t.deepEqual(judged(258, 382), [true, true])
  t.deepEqual(judged(257, 383), [false, false])
  // No load has been put on the path: there is nothing to judge.
  t.deepEqual(judged(0, 0), [])
})
