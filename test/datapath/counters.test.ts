import test from 'ava'
import { countersBetween, parseCounters } from '../../src/datapath/counters.ts'

// As Linux 6.18 prints /proc/net/snmp and /proc/net/dev, cut.
const text = `Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos InDiscards InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails
Ip: 1 64 6400 0 2 3200 0 0 3 4 0 0 0 0 0 0
Icmp: InMsgs InErrors
Icmp: 3 0
IcmpMsg: InType3 OutType3
IcmpMsg: 3 3
Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors
Udp: 12345 3 0 500 7
TcpExt: SyncookiesSent IPReversePathFilter TCPTSReorder
TcpExt: 0 32 1
IpExt: InNoRoutes InECT1Pkts
IpExt: 4 5
Ip6InReceives                   \t10
Icmp6InMsgs                     \t2
Icmp6InType135                  \t1
Udp6InErrors                    \t3
UdpLite6InErrors                \t6
Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:     100       1    0    0    0     0          0         0      100       1    0    0    0     0       0          0
veth1@2:  512000    5000    0    4    0     0          0         0    70000     700    0    0    0     0       0          0
veth2@1:1234567890 42 0 0 0 0 0 0 987654321 43 0 0 0 0 0 0
`

test('the counters of the protocols have the names that the kernel prints', (t) => {
  const counters = parseCounters(text)
  t.is(counters.get('Ip.Forwarding'), 1)
  t.is(counters.get('Ip.ForwDatagrams'), 3200)
  t.is(counters.get('Icmp.InMsgs'), 3)
  t.is(counters.get('Udp.InDatagrams'), 12345)
  t.is(counters.get('Udp.RcvbufErrors'), 7)
})

test('a device has the packets that it received and sent, also where its name meets the first number', (t) => {
  const counters = parseCounters(text)
  t.is(counters.get('veth1@2.rxPackets'), 5000)
  t.is(counters.get('veth1@2.txPackets'), 700)
  t.is(counters.get('veth2@1.rxPackets'), 42)
  t.is(counters.get('veth2@1.txPackets'), 43)
  t.is(counters.get('lo.rxPackets'), 1)
})

test('the further counters of IPv4 and TCP, and those of IPv6, are called by their protocol too', (t) => {
  const counters = parseCounters(text)
  t.is(counters.get('TcpExt.IPReversePathFilter'), 32)
  t.is(counters.get('TcpExt.TCPTSReorder'), 1)
  t.is(counters.get('IpExt.InECT1Pkts'), 5)
  t.is(counters.get('Ip6.InReceives'), 10)
  t.is(counters.get('Udp6.InErrors'), 3)
  t.is(counters.get('UdpLite6.InErrors'), 6)
})

test('a device has all that /proc/net/dev has of it', (t) => {
  const counters = parseCounters(text)
  t.is(counters.get('veth1@2.rxBytes'), 512000)
  t.is(counters.get('veth1@2.rxDropped'), 4)
  t.is(counters.get('veth1@2.txBytes'), 70000)
  t.is(counters.get('veth1@2.txCompressed'), 0)
})

test('messages by number and the headings of the table of devices are no counters', (t) => {
  const names = [...parseCounters(text).keys()]
  t.is(names.length, 16 + 2 + 5 + 3 + 2 + 4 + 3 * 16)
  t.false(names.some((name) => /Type\d/.test(name)))
  t.true(names.every((name) => /^(\w+|veth[12]@[12])\.[A-Za-z]\w+$/.test(name)))
})

test('what was counted between two readings is the difference; a new counter starts from 0', (t) => {
  const before = new Map([
    ['Ip.ForwDatagrams', 100],
    ['gone', 5],
  ])
  const after = new Map([
    ['Ip.ForwDatagrams', 250],
    ['new', 7],
  ])
  t.deepEqual(
    [...countersBetween(before, after)],
    [
      ['Ip.ForwDatagrams', 150],
      ['new', 7],
    ],
  )
})
