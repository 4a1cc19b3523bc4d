import test from 'ava'
import type { ScenarioPath } from '../../src/scenario/scenario.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { endingsOf } from '../../src/trace/endings.ts'
import type { Sighting, TracedPacket } from '../../src/trace/packets.ts'

const scenario = loadScenario(findScenario('redirect-vs-stack'), {})
const path = (name: string): ScenarioPath => scenario.paths.find((one) => one.name === name)!

const at = (station: string, place: string, dropped?: Sighting['dropped']): Sighting => {
  const [namespace = '', device] = place.split('/')
  return {
    station,
    namespace,
    device,
    occurrence: 0,
    ns: 0,
    endNs: 0,
    cpu: 0,
    ...(dropped ? { dropped } : {}),
  }
}

const packet = (sightings: readonly Sighting[], isReceived = false): TracedPacket => ({
  ...{ trialId: 1, sequence: 0, kind: 'request', sightings, isReceived },
})

const drop = (reason: string | undefined, symbol = 'ip_rcv_core') => ({ reason, symbol })

const says = test.macro({
  exec: (t, name: string, sightings: readonly Sighting[], where: string, words: string) => {
    t.deepEqual(endingsOf([packet(sightings), packet(sightings)], path(name)), [
      { kind: 'request', packets: 2, where, words },
    ])
  },
  title: (title = '') => title,
})

test(
  'a known reason of the kernel’s is told in words, with its name, the function and the device',
  says,
  'stack',
  [at('send', 'netns-1'), at('kfree_skb', 'netns-3/veth2@2', drop('SKB_DROP_REASON_OTHERHOST'))],
  'netns-3/veth2@2',
  'dropped in ip_rcv_core(): destination MAC is not ours (OTHERHOST)',
)
test(
  'one that is not known is told by its name',
  says,
  'stack',
  [at('send', 'netns-1'), at('kfree_skb', 'netns-3', drop('SKB_DROP_REASON_FUTURE', 'f'))],
  'netns-3',
  'dropped in f(): FUTURE',
)
test(
  'a drop without a device is where the packet was just before',
  says,
  'stack',
  [at('nf_local_in', 'netns-3/veth2@2'), at('kfree_skb', 'netns-3', drop('SKB_DROP_REASON_UDP_CSUM', 'f'))],
  'netns-3/veth2@2',
  'dropped in f(): checksum wrong: that of UDP (UDP_CSUM)',
)
test(
  'a drop at a hook is told with the program that is there',
  says,
  'redirect',
  [at('send', 'netns-1'), at('kfree_skb', 'netns-2/veth1@2', drop('SKB_DROP_REASON_TC_INGRESS', 'f'))],
  'netns-2/veth1@2',
  'dropped in f(): program redirect returned TC_ACT_SHOT (TC_INGRESS)',
)
test(
  'where the path has no program at that hook, somebody else’s filter is',
  says,
  'stack',
  [at('send', 'netns-1'), at('kfree_skb', 'netns-2/veth1@2', drop('SKB_DROP_REASON_TC_INGRESS', 'f'))],
  'netns-2/veth1@2',
  'dropped in f(): what is at ingress there dropped it (TC_INGRESS)',
)
test(
  'a packet that waits for its neighbour is told so',
  says,
  'stack',
  [at('send', 'netns-1'), at('neigh_event_send_done', 'netns-2/veth2@1')],
  'netns-2/veth2@1',
  'no neighbour: it waits for the next hop to answer, which does not',
)
test(
  'a packet of which no drop is told is where it was seen last, with the program that it comes to next',
  says,
  'redirect',
  [at('send', 'netns-1'), at('net_dev_start_xmit', 'netns-1/veth1@1')],
  'netns-1/veth1@1',
  'last seen at transmit (dev_hard_start_xmit()), and nobody tells of a drop; next is program redirect at tc/ingress of netns-2/veth1@2',
)
test(
  'a call that made no packet is told as such',
  says,
  'stack',
  [at('send', 'netns-1'), at('sys_enter_sendto', 'netns-1'), at('fib_table_lookup', 'netns-1')],
  'netns-1',
  'the send call made no packet of it: there is no route, or it is not permitted',
)
test(
  'so is one that looked for a route and found none',
  says,
  'stack',
  [at('send', 'netns-1'), at('sys_enter_sendto', 'netns-1'), at('fib_table_lookup', 'netns-1')],
  'netns-1',
  'the send call made no packet of it: there is no route, or it is not permitted',
)

test('packets that arrived have no end, and the most frequent end comes first', (t) => {
  const lost = packet([at('send', 'netns-1'), at('kfree_skb', 'netns-3', drop(undefined, 'f'))])
  const unsent = packet([at('send', 'netns-1')])
  const endings = endingsOf([packet([], true), unsent, lost, lost], path('stack'))
  t.deepEqual(
    endings.map(({ packets }) => packets),
    [2, 1],
  )
})
