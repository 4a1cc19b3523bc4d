/** The Internet checksum from scratch (RFC 1071), against which incremental updates are held. Pure. */

/** The one's complement sum of 16-bit words, folded; an odd byte at the end has a zero after it. */
export function onesComplementSum(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at + 1 < bytes.length; at += 2) sum += bytes.readUInt16BE(at)
  if (bytes.length % 2 === 1) sum += bytes[bytes.length - 1]! << 8
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return sum
}

/** The checksum to be put in a field that is zero in `bytes`. */
export const internetChecksum = (bytes: Buffer): number => ~onesComplementSum(bytes) & 0xffff

/** What TCP and UDP checksum beside their own bytes (RFC 793 section 3.1, RFC 768). */
export function pseudoHeader(
  source: Buffer,
  destination: Buffer,
  protocol: number,
  transportBytes: number,
): Buffer {
  const rest = Buffer.alloc(4)
  rest.writeUInt8(protocol, 1)
  rest.writeUInt16BE(transportBytes, 2)
  return Buffer.concat([source, destination, rest])
}
