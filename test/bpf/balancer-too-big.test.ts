import { asRoot } from '../netns/as-root.ts'
import { backends, client, datagram, macs, narrowBytes, request, segment } from './dsr-network.ts'
import { goodErrors } from './icmp-errors.ts'
import { internetChecksum } from './internet-checksum.ts'
import { frameOf, icmp, ipv4, type Packet } from './packet.ts'
import { handedOver, setChoice, sharedBalancer } from './running-balancer.ts'
import { xdpActions } from './sandboxed-program.ts'

const balancer = sharedBalancer()
const run = (frames: readonly Buffer[]) => balancer.withBackend(backends.behindNarrowRoute, frames)

const headerBytes = 14 + 20 + 8

/** The error about a packet that the balancer, which is 172.17.0.2 to the client, answers it with. */
const tooBig = (quoted: Buffer, mtuBytes = narrowBytes): Packet => ({
  sourceMac: macs.here,
  destinationMac: macs.client,
  source: '172.17.0.2',
  destination: client,
  // Internetwork control, RFC 1812 section 4.3.2.5.
  dscp: 48,
  ecn: 0,
  identification: 0,
  fragment: 0x4000,
  ttl: 64,
  options: Buffer.alloc(0),
  content: { protocol: 1, bytes: icmp(3, 4, quoted, mtuBytes) },
})

const answered = (quoted: Buffer, mtuBytes?: number) => ({
  action: xdpActions.tx,
  frame: frameOf(tooBig(quoted, mtuBytes)),
})

const payloadFor = (packetBytes: number, otherBytes: number): Buffer =>
  Buffer.from(Array.from({ length: packetBytes - otherBytes }, (_, at) => (at * 7 + 3) & 0xff))

for (const [what, packet] of Object.entries({
  'a segment of a byte too many': request({
    content: segment({ payload: payloadFor(narrowBytes + 1, 40) }),
  }),
  'a datagram of a byte too many': request({
    content: datagram({ payload: payloadFor(narrowBytes + 1, 28) }),
  }),
  'a datagram without a checksum': request({
    content: datagram({ payload: payloadFor(1500, 28), checksum: 'none' }),
  }),
  'a segment with all IP options that fit': request({
    options: Buffer.alloc(40, 1),
    content: segment({ payload: payloadFor(1500, 80) }),
  }),
  'a packet with a DSCP and a TTL of its own': request({
    dscp: 10,
    ecn: 1,
    ttl: 2,
    content: segment({ payload: payloadFor(3000, 40) }),
  }),
}))
  asRoot(`the balancer answers ${what}, which must not be split, as the client sent it`, async (t) => {
    t.deepEqual(await run([frameOf(packet)]), [answered(ipv4(packet).subarray(0, 548))])
  })

for (const [mtuBytes, quoteBytes] of [
  [68, 68],
  [547, 548],
  [300, 68],
] as const)
  asRoot(`the balancer tells the MTU of a way of ${mtuBytes} bytes, and quotes ${quoteBytes}`, async (t) => {
    const route = `route replace 172.20.1.0/24 via 172.17.0.3 mtu lock ${mtuBytes}`
    await balancer.programs.sandbox.run([{ command: ['ip', ...route.split(' ')], what: 'set the route' }])
    const packet = request({ content: segment({ payload: payloadFor(mtuBytes + 1, 40) }) })
    const outcomes = await balancer.withBackend('172.20.1.3', [frameOf(packet)])
    t.deepEqual(outcomes, [answered(ipv4(packet).subarray(0, quoteBytes), mtuBytes)])
  })

for (const protocol of ['tcp', 'udp'] as const)
  asRoot(
    `the checksum of ${protocol} that was left to a device is one that the device would write again`,
    async (t) => {
      const payload = payloadFor(1400, 0)
      const packet = request({ content: datagram({ protocol, payload, checksum: 'partial' }) })
      const [outcome] = await run([frameOf(packet)])
      // The kernel has the device sum from the quoted transport header on (CHECKSUM_PARTIAL).
      const transport = outcome!.frame.subarray(headerBytes + 20)
      const checkAt = protocol === 'tcp' ? 16 : 6
      t.is(internetChecksum(transport), transport.readUInt16BE(checkAt))
      const quoted = Buffer.from(ipv4(packet).subarray(0, 548))
      transport.copy(quoted, 20 + checkAt, checkAt, checkAt + 2)
      t.deepEqual(outcome, answered(quoted))
    },
  )

const tooLong = request({ content: segment({ payload: payloadFor(700, 40) }) })

asRoot('the balancer answers no error that is too long: the stack, which drops it, gets it', async (t) => {
  const flow = frameOf(request())
  const error = goodErrors()['that quotes the whole reply']!
  const bytes = icmp(
    3,
    4,
    Buffer.concat([(error.content as { bytes: Buffer }).bytes.subarray(8), payloadFor(700, 0)]),
  )
  const long = { ...error, content: { protocol: 1, bytes } }
  t.deepEqual((await run([flow, frameOf(long)]))[1], {
    action: xdpActions.pass,
    frame: frameOf(handedOver(long, backends.behindNarrowRoute)),
  })
})

asRoot(
  'the balancer leaves what is too long to the stack as it came, if its header is damaged',
  async (t) => {
    const frame = frameOf(tooLong)
    frame.writeUInt16BE(frame.readUInt16BE(24) ^ 1, 24)
    t.deepEqual(await run([frame]), [{ action: xdpActions.pass, frame }])
  },
)

for (const source of ['10.7.0.9', '172.17.0.2', '172.17.0.255', '224.0.0.5', '0.0.0.0'])
  asRoot(`the balancer answers nobody at ${source}, who is not to be reached`, async (t) => {
    const frame = frameOf({ ...tooLong, source })
    t.deepEqual(await run([frame]), [{ action: xdpActions.pass, frame }])
  })

// Last: it leaves no answers to others.
asRoot('the balancer answers a thousand at once, and drops what is too long beyond', async (t) => {
  await balancer.programs.reload()
  await setChoice(balancer.programs, 'consistent')
  await balancer.programs.write('backends', [[0, { address: backends.behindNarrowRoute }]])
  const count = 20_000
  const outcomes = await balancer.programs.run('balance', Array<Buffer>(count).fill(frameOf(tooLong)))
  const countOf = (action: number) => outcomes.filter((outcome) => outcome.action === action).length
  t.true(outcomes.slice(0, 1000).every(({ action }) => action === xdpActions.tx))
  t.true(countOf(xdpActions.drop) > 0)
  t.is(countOf(xdpActions.tx) + countOf(xdpActions.drop), count)
})
