/** A datagram from an ordinary socket, as it comes in at a device of another namespace. */
import { captureFrames } from './capture.ts'
import { type Family, familyOf } from '../../src/parts/ip-address.ts'
import type { LivePath } from './live-path.ts'

/** What the fields of a received frame say about its way. */
export interface Arrival {
  readonly sourceMac: string
  readonly destinationMac: string
  /** Or the hop limit. */
  readonly ttl: number
}

const macText = (bytes: Buffer): string => bytes.toString('hex').replaceAll(/(..)(?=.)/g, '$1:')

/** Where the fields of a frame are: of IPv4 without options, of IPv6 without extension headers. */
const fieldsOf = {
  4: { type: 0x0800, protocolAt: 23, portAt: 36, ttlAt: 22 },
  6: { type: 0x86dd, protocolAt: 20, portAt: 56, ttlAt: 21 },
} as const

const isDatagramTo = (frame: Buffer, port: number, family: Family): boolean => {
  const { type, protocolAt, portAt } = fieldsOf[family]
  return frame.readUInt16BE(12) === type && frame[protocolAt] === 17 && frame.readUInt16BE(portAt) === port
}

/** Sends a datagram; gives it as it comes in. */
async function sendAndCapture(
  path: LivePath,
  from: string,
  [address, port]: readonly [string, number],
  [namespace, device]: readonly [string, string],
): Promise<Arrival> {
  const family = familyOf(address)
  const capture = await captureFrames(path, namespace, device)
  await path.run(from, ['bash', '-c', `echo datagram >/dev/udp/${address}/${port}`])
  const frame = (await capture.until((one) => isDatagramTo(one, port, family))).at(-1)!
  return {
    destinationMac: macText(frame.subarray(0, 6)),
    sourceMac: macText(frame.subarray(6, 12)),
    ttl: frame[fieldsOf[family].ttlAt]!,
  }
}

const addresses = {
  4: { client: '10.10.2.11', service: '10.10.3.20' },
  6: { client: 'fd00:10:2::11', service: 'fd00:10:3::20' },
} as const

/** From the client of redirect-vs-stack's topology to the service, as the server's device has it. */
export const sendRequest = (path: LivePath, family: Family = 4): Promise<Arrival> =>
  sendAndCapture(path, 'netns-1', [addresses[family].service, 7000], ['netns-3', 'veth2@2'])

/** The other way, as the client's device has it. */
export const sendReply = (path: LivePath, family: Family = 4): Promise<Arrival> =>
  sendAndCapture(path, 'netns-3', [addresses[family].client, 40_000], ['netns-1', 'veth1@1'])
