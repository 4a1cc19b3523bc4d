import test from 'ava'
import { sampleFrame } from '../../src/datapath/sample-frame.ts'
import { onesComplementSum } from '../bpf/internet-checksum.ts'

const frame = sampleFrame(
  { source: '172.17.0.4:40000', destination: '192.168.25.10:7000', dscp: 46 },
  '02:42:ac:11:00:02',
)

test('a sample frame is for the device, and carries the datagram that the scenario names', (t) => {
  t.is(frame.subarray(0, 6).toString('hex'), '0242ac110002')
  t.is(frame.readUInt16BE(12), 0x0800)
  const ip = frame.subarray(14)
  t.is(ip[0], 0x45)
  t.is(ip[1], 46 << 2)
  t.is(ip.readUInt16BE(2), ip.length)
  t.deepEqual([...ip.subarray(12, 20)], [172, 17, 0, 4, 192, 168, 25, 10])
  t.deepEqual([ip.readUInt16BE(20), ip.readUInt16BE(22), ip.readUInt16BE(24)], [40_000, 7000, 72])
})

test('its checksums are right', (t) => {
  const ip = frame.subarray(14)
  t.is(onesComplementSum(ip.subarray(0, 20)), 0xffff)
  const udp = ip.subarray(20)
  t.is(
    onesComplementSum(Buffer.concat([ip.subarray(12, 20), Buffer.from([0, 17]), udp.subarray(4, 6), udp])),
    0xffff,
  )
})

const frame6 = sampleFrame(
  { source: '[fd00:2::11]:40000', destination: '[fd00:3::20]:7000', dscp: 46 },
  '02:42:ac:11:00:02',
)

test('a sample frame of IPv6 carries the datagram that the scenario names, and its mark', (t) => {
  t.is(frame6.readUInt16BE(12), 0x86dd)
  const ip = frame6.subarray(14)
  t.is(ip.readUInt32BE(0), 0x6b800000)
  t.is(ip.readUInt16BE(4), ip.length - 40)
  t.deepEqual([...ip.subarray(6, 8)], [17, 64])
  t.is(ip.subarray(8, 24).toString('hex'), 'fd000002000000000000000000000011')
  t.is(ip.subarray(24, 40).toString('hex'), 'fd000003000000000000000000000020')
  t.deepEqual([ip.readUInt16BE(40), ip.readUInt16BE(42), ip.readUInt16BE(44)], [40_000, 7000, 72])
})

test('the UDP checksum of a sample frame of IPv6 is right', (t) => {
  const ip = frame6.subarray(14)
  const pseudoHeader = Buffer.concat([ip.subarray(8, 40), Buffer.from([0, 0]), ip.subarray(4, 6)])
  t.is(onesComplementSum(Buffer.concat([pseudoHeader, Buffer.from([0, 0, 0, 17]), ip.subarray(40)])), 0xffff)
})
