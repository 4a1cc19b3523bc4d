/** Frames with random damage, the same for the same random numbers. Pure. */
import { type RandomSource, randomSource } from '../../src/stats/random.ts'
import { goodRequests } from './dsr-network.ts'
import { internetChecksum, pseudoHeader } from './internet-checksum.ts'
import { frameOf, type Packet } from './packet.ts'
import { parsedPacket } from './parsed-packet.ts'

// What is special in some field: lengths, versions, protocols, flags, the ends of ranges.
const specialBytes = [
  0x00, 0x01, 0x02, 0x06, 0x11, 0x14, 0x20, 0x40, 0x44, 0x45, 0x46, 0x4f, 0x50, 0x7f, 0x80, 0xff,
]
const headerBytes = 70

const below = (random: RandomSource, limit: number): number => Math.floor(random() * limit)

/** What can happen to a frame. Each returns it as it is then. */
const damages: readonly ((frame: Buffer, random: RandomSource) => Buffer)[] = [
  (frame, random) => {
    const at = below(random, Math.min(frame.length, headerBytes))
    frame[at] = frame[at]! ^ (1 << below(random, 8))
    return frame
  },
  (frame, random) => {
    frame[below(random, Math.min(frame.length, headerBytes))] =
      specialBytes[below(random, specialBytes.length)]!
    return frame
  },
  (frame, random) => {
    // The last byte of a length or a port, a little off.
    const at = below(random, Math.min(frame.length, headerBytes))
    frame[at] = frame[at]! + below(random, 5) - 2
    return frame
  },
  (frame, random) => frame.subarray(0, frame.length - below(random, 30)),
  (frame, random) =>
    Buffer.concat([frame, Buffer.from(Array.from({ length: below(random, 30) }, () => below(random, 256)))]),
]

/** Computes the checksums of a damaged frame anew, where it still has a place for them. */
function repair(frame: Buffer, isTransportToo: boolean): void {
  const packet = parsedPacket(frame)
  if (packet === undefined) return
  frame.writeUInt16BE(0, 24)
  frame.writeUInt16BE(internetChecksum(packet.header), 24)
  const { checksumAt, protocol, content } = packet
  if (!isTransportToo || checksumAt === undefined) return
  content.writeUInt16BE(0, checksumAt)
  const pseudo = pseudoHeader(frame.subarray(26, 30), frame.subarray(30, 34), protocol, content.length)
  content.writeUInt16BE(internetChecksum(Buffer.concat([pseudo, content])), checksumAt)
}

/** A damaged copy of a frame, of `leastBytes` or more; its checksums are right again in a part of all cases. */
function mutated(frame: Buffer, leastBytes: number, random: RandomSource): Buffer {
  let copy: Buffer = Buffer.from(frame)
  for (let times = 1 + below(random, 3); times > 0; times -= 1)
    copy = Buffer.from(damages[below(random, damages.length)]!(copy, random))
  if (copy.length < leastBytes) copy = Buffer.concat([copy, Buffer.alloc(leastBytes - copy.length)])
  const kind = below(random, 3)
  if (kind > 0) repair(copy, kind > 1)
  return copy
}

/** How many frames `mutantsOf` makes. */
export const mutantCount = 20_000

/** Damaged frames of `leastBytes` or more, of each of these packets about as many. */
export function mutantsOf(packets: readonly Packet[], leastBytes: number): Buffer[] {
  const random = randomSource(0x5eed)
  const frames = packets.map(frameOf)
  return Array.from({ length: mutantCount }, (_, index) =>
    mutated(frames[index % frames.length]!, leastBytes, random),
  )
}

/** Good requests of which the headers are a great part. */
export const smallRequests: readonly Packet[] = Object.values(goodRequests).filter(
  (packet) => frameOf(packet).length < 200,
)
