import test from 'ava'
import { parseSum } from '../../../src/parts/proofs/sums.ts'

test('a sum is of amounts of packets and of counters, each with its namespace', (t) => {
  t.deepEqual(parseSum('requests + netns-2/Ip.ForwDatagrams + netns-2/veth1@2.txPackets'), [
    { of: 'trials', packets: 'requests' },
    { of: 'counter', namespace: 'netns-2', name: 'Ip.ForwDatagrams' },
    { of: 'counter', namespace: 'netns-2', name: 'veth1@2.txPackets' },
  ])
})

test('nothing is the sum of nothing', (t) => {
  t.deepEqual(parseSum('0'), [])
  t.deepEqual(parseSum('3'), [{ of: 'number', packets: 3 }])
})

test('what is no amount of packets is a counter, wherever it may lead', (t) => {
  t.deepEqual(parseSum('request + replies')[0], { of: 'counter', namespace: 'request', name: '' })
})
