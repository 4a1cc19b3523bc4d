/**
 * Whether a program changed of a frame just what it was to change, and kept what its checksums say: what
 * was right is right, what was wrong is wrong by as much. Sums are computed from scratch. Pure.
 */
import { onesComplementSum, pseudoHeader } from './internet-checksum.ts'
import { addressBytes, macBytes } from './packet.ts'
import { type ParsedPacket, parsedPacket } from './parsed-packet.ts'

/** What is to be new. */
export interface Change {
  readonly sourceMac?: string
  readonly destinationMac?: string
  readonly dscp?: number
  readonly ttl?: number
  readonly source?: string
  readonly destination?: string
  /** The content has its addresses in its own checksum. Not so in ICMP and in later fragments. */
  readonly hasTransportChecksum: boolean
}

/** What is wrong with `output`, or undefined where it is `input` with that change. */
export function wrongIn(input: Buffer, output: Buffer, change: Change): string | undefined {
  const [before, after] = [parsedPacket(input), parsedPacket(output)]
  if (before === undefined || after === undefined) return 'no packet is left'
  const expected = changedCopy(input, change)
  // Checksums are looked at below.
  output.copy(expected, 24, 24, 26)
  const { checksumAt } = after
  const contentAt = 14 + after.header.length
  if (change.hasTransportChecksum && checksumAt !== undefined)
    output.copy(expected, contentAt + checksumAt, contentAt + checksumAt, contentAt + checksumAt + 2)
  if (!expected.equals(output)) return 'other bytes differ'
  if (!isSameSum(onesComplementSum(before.header), onesComplementSum(after.header))) return 'the IP checksum'
  if (change.hasTransportChecksum && !isTransportKept(before, after)) return 'the transport checksum'
  return undefined
}

function changedCopy(input: Buffer, change: Change): Buffer {
  const copy = Buffer.from(input)
  if (change.destinationMac !== undefined) copy.set(macBytes(change.destinationMac), 0)
  if (change.sourceMac !== undefined) copy.set(macBytes(change.sourceMac), 6)
  if (change.dscp !== undefined) copy[15] = (change.dscp << 2) | (copy[15]! & 3)
  if (change.ttl !== undefined) copy[22] = change.ttl
  if (change.source !== undefined) copy.set(addressBytes(change.source), 26)
  if (change.destination !== undefined) copy.set(addressBytes(change.destination), 30)
  return copy
}

/** In one's complement, zero is all ones as well. */
export const isSameSum = (one: number, other: number): boolean => one % 0xffff === other % 0xffff

function isTransportKept(before: ParsedPacket, after: ParsedPacket): boolean {
  const [was, is] = [checksumIn(before), checksumIn(after)]
  if (before.protocol === 17 && was === 0) return is === 0
  const [pseudoBefore, pseudoAfter] = [pseudoOf(before), pseudoOf(after)]
  const sumBefore = onesComplementSum(Buffer.concat([pseudoBefore, before.content]))
  // The sum of the pseudo-header stands there, and does not complete the whole: it is partial. A router
  // that splits a packet completes it before.
  if (!before.hasMoreFragments && was === onesComplementSum(pseudoBefore) && sumBefore !== 0xffff)
    return is === onesComplementSum(pseudoAfter)
  if (before.protocol === 17 && is === 0) return false
  return isSameSum(sumBefore, onesComplementSum(Buffer.concat([pseudoAfter, after.content])))
}

const checksumIn = ({ content, checksumAt }: ParsedPacket): number => content.readUInt16BE(checksumAt ?? 0)

const pseudoOf = ({ header, content, protocol }: ParsedPacket): Buffer =>
  pseudoHeader(header.subarray(12, 16), header.subarray(16, 20), protocol, content.length)
