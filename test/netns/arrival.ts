/** A datagram from an ordinary socket, as it comes in at a device of another namespace. */
import { captureFrames } from './capture.ts'
import type { LivePath } from './live-path.ts'

/** What the fields of a received frame say about its way. */
export interface Arrival {
  readonly sourceMac: string
  readonly destinationMac: string
  readonly ttl: number
}

const macText = (bytes: Buffer): string => bytes.toString('hex').replaceAll(/(..)(?=.)/g, '$1:')

const isDatagramTo = (frame: Buffer, port: number): boolean =>
  frame.readUInt16BE(12) === 0x0800 && frame[23] === 17 && frame.readUInt16BE(36) === port

/** Sends a datagram; gives it as it comes in. */
export async function sendAndCapture(
  path: LivePath,
  from: string,
  [address, port]: readonly [string, number],
  [namespace, device]: readonly [string, string],
): Promise<Arrival> {
  const capture = await captureFrames(path, namespace, device)
  await path.run(from, ['bash', '-c', `echo datagram >/dev/udp/${address}/${port}`])
  const frame = (await capture.until((one) => isDatagramTo(one, port))).at(-1)!
  return {
    destinationMac: macText(frame.subarray(0, 6)),
    sourceMac: macText(frame.subarray(6, 12)),
    ttl: frame[22]!,
  }
}

/** From the client of redirect-vs-stack's topology to the service, as the server's device has it. */
export const sendRequest = (path: LivePath): Promise<Arrival> =>
  sendAndCapture(path, 'netns-1', ['10.10.3.20', 7000], ['netns-3', 'veth2@2'])

/** The other way, as the client's device has it. */
export const sendReply = (path: LivePath): Promise<Arrival> =>
  sendAndCapture(path, 'netns-3', ['10.10.2.11', 40_000], ['netns-1', 'veth1@1'])
