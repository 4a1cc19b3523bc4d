/** Packets whose complete checksum is the number that would stand there if it were partial. Pure. */
import { datagram, request } from './dsr-network.ts'
import { onesComplementSum } from './internet-checksum.ts'
import { checksumOf, type Packet } from './packet.ts'

/** @param payloadBytes 2 or more: two of them make the checksum what it is to be */
export function lookAlike(protocol: 'tcp' | 'udp', payloadBytes: number, optionBytes: number): Packet {
  const options = Buffer.alloc(optionBytes, 1)
  const withWord = (word: number, checksum: 'complete' | 'partial' = 'complete') => {
    const payload = Buffer.alloc(payloadBytes, 'look-alike')
    payload.writeUInt16BE(word, 0)
    return request({ options, content: datagram({ protocol, payload, checksum }) })
  }
  const wanted = checksumOf(withWord(0, 'partial'))
  // What a word adds to the sum, the checksum loses (RFC 1071, in one's complement).
  const difference = Buffer.alloc(4)
  difference.writeUInt16BE(checksumOf(withWord(0)), 0)
  difference.writeUInt16BE(~wanted & 0xffff, 2)
  const found = withWord(onesComplementSum(difference))
  if (checksumOf(found) !== wanted) throw new Error(`no look-alike of ${payloadBytes} bytes`)
  return found
}
