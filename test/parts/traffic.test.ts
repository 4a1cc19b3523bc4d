import test from 'ava'
import { addTraffic, noTraffic, type Traffic } from '../../src/parts/traffic.ts'
import { traffic as requestsAndReplies } from './proofs/judged.ts'

const traffic: Traffic = {
  ...requestsAndReplies,
  tcp: { requests: { least: 3, most: 5 }, replies: { least: 2, most: 2 } },
}

test('traffic adds up', (t) => {
  t.deepEqual(addTraffic({ ...noTraffic, taken: [3] }, { ...noTraffic, taken: [1, 2] }).taken, [4, 2])
  t.deepEqual(addTraffic(noTraffic, traffic), traffic)
  t.deepEqual(addTraffic(traffic, traffic), {
    requestsSent: 2000,
    requestsReceived: 1980,
    repliesSent: 200,
    repliesReceived: 180,
    moved: 0,
    merged: 0,
    taken: [],
    tcp: { requests: { least: 6, most: 10 }, replies: { least: 4, most: 4 } },
  })
})
