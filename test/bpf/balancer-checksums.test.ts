import { asRoot } from '../netns/as-root.ts'
import { backends, datagram, request } from './dsr-network.ts'
import { lookAlike } from './look-alike.ts'
import { checksumOf, frameOf, type Packet } from './packet.ts'
import { balanced, sharedBalancer } from './running-balancer.ts'

const balancer = sharedBalancer()

const balance = async (frames: readonly Buffer[]): Promise<Buffer[]> =>
  (await balancer.withBackend(backends.behindRouter, frames)).map(({ frame }) => frame)

const balancedFrame = (packet: Packet): Buffer => frameOf(balanced(packet))

asRoot('the balancer takes a complete checksum for one, though it looks like a partial one', async (t) => {
  const sizes = [2, 3, 4, 5, 6, 7, 8, 15, 16, 33, 66, 131, 260, 492, 511, 512, 513, 1004, 1024, 1460, 3000]
  const packets = (['tcp', 'udp'] as const).flatMap((protocol) =>
    sizes.flatMap((bytes) => [0, 4, 40].map((optionBytes) => lookAlike(protocol, bytes, optionBytes))),
  )
  t.deepEqual(await balance(packets.map(frameOf)), packets.map(balancedFrame))
})

asRoot('the balancer leaves what pads a frame out of the checksum', async (t) => {
  const padding = Buffer.from('padding that is no part of it')
  const tiny = (checksum: 'complete' | 'partial') =>
    request({ content: datagram({ checksum, payload: Buffer.from('x') }) })
  const packets = [tiny('complete'), tiny('partial'), lookAlike('udp', 3, 0)]
  t.deepEqual(
    await balance(packets.map((packet) => Buffer.concat([frameOf(packet), padding]))),
    packets.map((packet) => Buffer.concat([balancedFrame(packet), padding])),
  )
})

asRoot('the balancer writes a UDP checksum that comes out as zero as 65,535', async (t) => {
  // A word of the payload that makes it so is one of 65,536.
  const withWord = (word: number) =>
    request({ content: datagram({ payload: Buffer.from([word >> 8, word & 0xff]) }) })
  const packets = Array.from({ length: 65_536 }, (_, word) => withWord(word)).filter(
    (packet) => checksumOf(balanced(packet)) === 0xffff,
  )
  t.true(packets.length > 0)
  t.deepEqual(await balance(packets.map(frameOf)), packets.map(balancedFrame))
})

asRoot('the balancer leaves a wrong checksum wrong by as much', async (t) => {
  const packet = request()
  const wrong = frameOf(packet)
  const expected = balancedFrame(packet)
  wrong.writeUInt16BE(wrong.readUInt16BE(40) - 1, 40)
  expected.writeUInt16BE(expected.readUInt16BE(40) - 1, 40)
  wrong.writeUInt16BE(wrong.readUInt16BE(24) - 1, 24)
  expected.writeUInt16BE(expected.readUInt16BE(24) - 1, 24)
  t.deepEqual(await balance([wrong]), [expected])
})
