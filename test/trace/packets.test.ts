import test from 'ava'
import { packetsOf, stationKey, type TracedPacket } from '../../src/trace/packets.ts'
import { recorded } from './recorded.ts'

const stationsOf = ({ sightings }: TracedPacket): string[] =>
  sightings.map(({ station, namespace, device = '' }) => `${station} ${namespace}/${device}`)

const requests = (path: 'stack' | 'redirect', leadPackets = 0): TracedPacket[] => {
  const { events, places } = recorded(path)
  return packetsOf(events, places, leadPackets).filter(({ kind }) => kind === 'request')
}

/** What a router's own stack does for a packet; a program that redirects leaves it out. */
const routersStack = [
  'nf_prerouting netns-2/veth1@2',
  'fib_table_lookup netns-2/veth1@2',
  'nf_forward netns-2/veth2@1',
  'nf_postrouting netns-2/veth2@1',
]

/** On both paths, in this order. */
const common = [
  ['send netns-1/', 'sys_enter_sendto netns-1/', 'nf_local_out netns-1/veth1@1'],
  ['nf_postrouting netns-1/veth1@1', 'net_dev_queue netns-1/veth1@1', 'net_dev_start_xmit netns-1/veth1@1'],
  ['netif_rx netns-2/veth1@2', 'net_dev_xmit netns-1/veth1@1', 'netif_receive_skb netns-2/veth1@2'],
  ['net_dev_queue netns-2/veth2@1', 'net_dev_start_xmit netns-2/veth2@1', 'netif_rx netns-3/veth2@2'],
  ['net_dev_xmit netns-2/veth2@1', 'netif_receive_skb netns-3/veth2@2', 'nf_prerouting netns-3/veth2@2'],
  ['fib_table_lookup netns-3/veth2@2', 'nf_local_in netns-3/veth2@2', 'sk_data_ready netns-3/veth2@2'],
  ['sys_enter_recvfrom netns-3/', 'sys_exit_recvfrom netns-3/', 'receive netns-3/'],
].flat()

test('a request over the stack is seen in client, router and server, in the order of the kernel’s source', (t) => {
  const received = common.indexOf('netif_receive_skb netns-2/veth1@2') + 1
  const expected = [...common.slice(0, received), ...routersStack, ...common.slice(received)]
  for (const packet of requests('stack')) t.deepEqual(stationsOf(packet), expected)
})

test('a request that is redirected skips the router’s stack, and nothing else', (t) => {
  for (const packet of requests('redirect')) t.deepEqual(stationsOf(packet), common)
})

test('a packet never goes back in time, and is at no station twice without being told apart', (t) => {
  for (const path of ['stack', 'redirect'] as const)
    for (const { sightings } of packetsOf(recorded(path).events, recorded(path).places, 0)) {
      for (const [index, { ns }] of sightings.entries()) t.true(ns >= (sightings[index - 1]?.ns ?? 0))
      t.is(new Set(sightings.map(stationKey)).size, sightings.length)
    }
})

test('a request is known to be received by its reply, and its last moment is told by that', (t) => {
  const { events } = recorded('stack')
  for (const { sequence, sightings, isReceived } of requests('stack')) {
    const reply = events.find((event) => event.kind === 'reply' && event.sequence === sequence)
    t.true(isReceived)
    t.is(sightings.at(-1)?.ns, reply?.serverNs)
  }
})

test('a reply begins at the server, and ends with the client’s receive call', (t) => {
  const { events, places } = recorded('redirect')
  const replies = packetsOf(events, places, 0).filter(({ kind }) => kind === 'reply')
  t.is(replies.length, 4)
  for (const reply of replies) {
    t.is(stationsOf(reply)[0], 'send netns-3/')
    t.is(stationsOf(reply).at(-1), 'sys_exit_recvfrom netns-1/')
  }
})

test('the first packets of a trial can be left out', (t) => {
  t.deepEqual(
    requests('stack', 3).map(({ sequence }) => sequence),
    [3],
  )
})

test('packets that were seen in other namespaces alone are not a path’s', (t) => {
  t.deepEqual(packetsOf(recorded('stack').events, recorded('redirect').places, 0), [])
})

test('a receive call that was under way when the packet came begins for it then', (t) => {
  const { events, places } = recorded('stack')
  const early = events.map((event) =>
    event.station === 'sys_enter_recvfrom'
      ? { ...event, ns: event.sendNs - 5, endNs: event.sendNs + 900 }
      : event,
  )
  for (const { sightings } of packetsOf(early, places, 0).filter(({ kind }) => kind === 'request')) {
    const call = sightings.findIndex(({ station }) => station === 'sys_enter_recvfrom')
    t.is(sightings[call - 1]?.station, 'sk_data_ready')
    t.is(sightings[call]?.ns, sightings[call - 1]?.endNs)
  }
})
