/**
 * Whether a program made of an ICMP error about a packet one about the packet as it was for another destination, and
 * kept what checksums say: what was right is right, what was wrong is wrong by as much. Pure.
 */
import { onesComplementSum, pseudoHeader } from './internet-checksum.ts'
import { addressBytes } from './packet.ts'
import type { ParsedPacket, Quote } from './parsed-packet.ts'
import { isSameSum } from './readdressed.ts'

/** Where parts of the error are in its frame. */
interface Places {
  readonly content: number
  readonly quoted: number
  /** The checksum of quoted TCP or UDP, if it is there. */
  readonly check: number | undefined
}

/** What is wrong with `output`, or undefined where it is `input`, an error, with that change. */
export function wrongInError(
  input: Buffer,
  output: Buffer,
  packet: ParsedPacket,
  quote: Quote,
  destination: string,
): string | undefined {
  const places = placesOf(packet, quote)
  const { content, quoted, check } = places
  const expected = Buffer.from(input)
  expected.set(addressBytes(destination), quoted + 16)
  if (packet.source === quote.destination) expected.set(addressBytes(destination), 26)
  // Checksums are looked at below.
  for (const at of [24, content + 2, quoted + 10, ...(check === undefined ? [] : [check])])
    output.copy(expected, at, at, at + 2)
  if (!expected.equals(output)) return 'other bytes differ'
  const sums = (frame: Buffer) => sumsIn(frame, places, packet, quote)
  if (!sums(input).every((sum, index) => isSameSum(sum, sums(output)[index]!))) return 'a checksum'
  if (check !== undefined && !isCheckKept(input, output, quoted, check, quote)) return 'the quoted checksum'
  return undefined
}

function placesOf({ header, content }: ParsedPacket, { at, headerBytes, protocol }: Quote): Places {
  const first = 14 + header.length
  const check = at + headerBytes + (protocol === 6 ? 16 : 6)
  return {
    content: first,
    quoted: first + at,
    check: check + 2 <= content.length ? first + check : undefined,
  }
}

/** Of the header, the message, and the quoted header. */
const sumsIn = (frame: Buffer, { content, quoted }: Places, packet: ParsedPacket, quote: Quote): number[] =>
  [
    frame.subarray(14, content),
    frame.subarray(content, content + packet.content.length),
    frame.subarray(quoted, quoted + quote.headerBytes),
  ].map(onesComplementSum)

function isCheckKept(input: Buffer, output: Buffer, quoted: number, at: number, quote: Quote): boolean {
  const [was, is] = [input.readUInt16BE(at), output.readUInt16BE(at)]
  if (quote.protocol === 17 && was === 0) return is === 0
  const isFragment = (input.readUInt16BE(quoted + 6) & 0x3fff) !== 0
  const [before, after] = [input, output].map((frame) => pseudoOf(frame.subarray(quoted), quote))
  // It looks as one that was left to a device: the sum of the pseudo-header alone.
  if (!isFragment && was === onesComplementSum(before!)) return isSameSum(is, onesComplementSum(after!))
  const withCheck = (pseudo: Buffer, frame: Buffer) =>
    onesComplementSum(Buffer.concat([pseudo, frame.subarray(at, at + 2)]))
  return (is !== 0 || quote.protocol === 6) && isSameSum(withCheck(before!, input), withCheck(after!, output))
}

const pseudoOf = (quoted: Buffer, { protocol, headerBytes }: Quote): Buffer =>
  pseudoHeader(
    quoted.subarray(12, 16),
    quoted.subarray(16, 20),
    protocol,
    (quoted.readUInt16BE(2) - headerBytes) & 0xffff,
  )
