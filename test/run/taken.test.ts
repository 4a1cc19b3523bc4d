import test from 'ava'
import { withTaken } from '../../src/run/taken.ts'

const counters = new Map([
  ['netns-2', new Map([['Ip.InReceives', 10]])],
  [
    'netns-3',
    new Map([
      ['Ip.InReceives', 3],
      ['Udp.InDatagrams', 2],
      ['Udp.InErrors', 0],
      ['Udp6.InDatagrams', 1],
    ]),
  ],
])
const server = (address: string) => ({ namespace: 'netns-3', address, port: 7000 })

test("what a sink took is added to what the server's stack counts of whole packets, and to nothing else", (t) => {
  const all = withTaken(counters, [server('10.0.0.2'), server('fd00::2')], [100, 7])
  t.is(all.get('netns-2'), counters.get('netns-2'))
  t.deepEqual(Object.fromEntries(all.get('netns-3')!), {
    'Ip.InReceives': 103,
    'Udp.InDatagrams': 102,
    'Udp.InErrors': 0,
    'Udp6.InDatagrams': 8,
  })
  t.deepEqual(withTaken(counters, [server('10.0.0.2')], []), counters)
})
