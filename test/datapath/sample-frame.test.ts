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
