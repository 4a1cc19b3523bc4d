import type { ExecutionContext } from 'ava'
import { asRoot } from './as-root.ts'
import { captureFrames } from './capture.ts'
import { bringUp, type LivePath } from './live-path.ts'

/** What the fields of a received frame say about its way. */
interface Arrival {
  readonly sourceMac: string
  readonly destinationMac: string
  readonly ttl: number
}

const macText = (bytes: Buffer): string => bytes.toString('hex').replaceAll(/(..)(?=.)/g, '$1:')

const isDatagramTo = (frame: Buffer, port: number): boolean =>
  frame.readUInt16BE(12) === 0x0800 && frame[23] === 17 && frame.readUInt16BE(36) === port

/** Sends a datagram from an ordinary socket; gives it as it comes in at a device of another namespace. */
async function sendAndCapture(
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

const sendRequest = (path: LivePath): Promise<Arrival> =>
  sendAndCapture(path, 'netns-1', ['10.10.3.20', 7000], ['netns-3', 'veth2@2'])

const sendReply = (path: LivePath): Promise<Arrival> =>
  sendAndCapture(path, 'netns-3', ['10.10.2.11', 40_000], ['netns-1', 'veth1@1'])

async function withPath(t: ExecutionContext, name: string): Promise<LivePath> {
  const path = await bringUp(name)
  t.teardown(path.close)
  return path
}

for (const { name, ttl, how } of [
  { name: 'stack', ttl: 63, how: 'by its stack, so that the TTL falls' },
  { name: 'redirect', ttl: 64, how: 'past its stack, so that the TTL stays' },
  { name: 'control', ttl: 63, how: 'by its stack, so that the TTL falls' },
])
  asRoot(`on path ${name} the router passes requests on ${how}, and replies by its stack`, async (t) => {
    const path = await withPath(t, name)
    t.deepEqual(await sendRequest(path), {
      sourceMac: (await path.device('netns-2', 'veth2@1')).mac,
      destinationMac: (await path.device('netns-3', 'veth2@2')).mac,
      ttl,
    })
    t.deepEqual(await sendReply(path), {
      sourceMac: (await path.device('netns-2', 'veth1@2')).mac,
      destinationMac: (await path.device('netns-1', 'veth1@1')).mac,
      ttl: 63,
    })
  })

asRoot('on path floor client and server share a link, so that the TTL stays both ways', async (t) => {
  const path = await withPath(t, 'floor')
  const client = (await path.device('netns-1', 'veth1@1')).mac
  const server = (await path.device('netns-3', 'veth2@2')).mac
  t.deepEqual(await sendRequest(path), { sourceMac: client, destinationMac: server, ttl: 64 })
  t.deepEqual(await sendReply(path), { sourceMac: server, destinationMac: client, ttl: 64 })
})
