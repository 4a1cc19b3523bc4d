import test from 'ava'
import { noCounter, parseCounterName } from '../../../src/parts/proofs/counter-name.ts'

test('a counter is of a protocol, a device, its driver, nftables or a map, by its name', (t) => {
  const read = (text: string) => parseCounterName(text)
  t.deepEqual(read('TcpExt.ListenDrops'), { of: 'protocol', protocol: 'TcpExt', name: 'ListenDrops' })
  t.deepEqual(read('Ip6.InReceives'), { of: 'protocol', protocol: 'Ip6', name: 'InReceives' })
  t.deepEqual(read('veth2@1.rxOtherhostDropped'), {
    of: 'device',
    device: 'veth2@1',
    name: 'rxOtherhostDropped',
  })
  t.deepEqual(read('eth0.100.rxDropped'), { of: 'device', device: 'eth0.100', name: 'rxDropped' })
  t.deepEqual(read('veth2@1.ethtool.rx_queue_0_drops'), {
    of: 'driver',
    device: 'veth2@1',
    name: 'rx_queue_0_drops',
  })
  t.deepEqual(read('nft.dropped'), { of: 'nftables', name: 'dropped' })
  t.deepEqual(read('nft.dropped.bytes'), { of: 'nftables', name: 'dropped.bytes' })
  t.like(read('map.stats(0).queues[2].packets'), { map: 'stats', key: '0', field: 'queues[2].packets' })
  t.like(read('map.stats(0)[2]'), { map: 'stats', field: '[2]' })
  t.deepEqual(read('map.counts(0)'), { of: 'map', map: 'counts', key: '0', field: undefined })
  t.deepEqual(read('map.services(address=10.0.0.1 port=7000).packets'), {
    of: 'map',
    map: 'services',
    key: 'address=10.0.0.1 port=7000',
    field: 'packets',
  })
  t.is(read('forwarded'), undefined)
  t.is(read('Ip.'), undefined)
})

test('what is not there is told with what is, of the same protocol, and with what was probably meant', (t) => {
  const known = ['Ip.InReceives', 'Ip.ForwDatagrams', 'Udp.InDatagrams', 'veth1.rxPackets']
  t.is(
    noCounter('Ip.ForwDatagram', 'netns-2', known),
    'no counter "Ip.ForwDatagram" in netns-2; did you mean "Ip.ForwDatagrams"? (there: Ip.InReceives, Ip.ForwDatagrams)',
  )
  t.is(
    noCounter('nft.dropped', 'netns-2', known),
    'no counter "nft.dropped" in netns-2 (there: Ip.…, Udp.…, veth1.…)',
  )
  t.is(noCounter('nft.dropped', 'netns-2', []), 'no counter "nft.dropped" in netns-2 (there: none)')
})
