/** Which way a router sends a frame, as seen from both of its ends and by the kernel's counters. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { captureFrames } from './capture.ts'
import { echoRequest, type FrameAddresses, ipv4Frame } from './frames.ts'
import { bringUp, type LivePath } from './live-path.ts'

export interface Way {
  /** IPv4 packets as they came in at the server's device. */
  readonly arrived: readonly Buffer[]
  /** Requests that the router's stack counted as forwarded. */
  readonly forwarded: number
  /** ICMP messages from the router to the client, as `type/code`. */
  readonly answers: readonly string[]
}

export interface Router {
  /** The addresses of a frame from the client. */
  readonly toRouter: FrameAddresses
  /** Sends a frame from the client's device, and tells what became of it. */
  readonly send: (frame: Buffer) => Promise<Way>
  readonly close: () => Promise<void>
}

const isIpv4 = (frame: Buffer): boolean => frame.readUInt16BE(12) === 0x0800
const isIcmp = (frame: Buffer): boolean => isIpv4(frame) && frame[23] === 1
const sourceOf = (frame: Buffer): string => frame.subarray(26, 30).join('.')

/** An echo request has type 8, the reply to it type 0 and the same identifier. */
const isEcho = (type: 0 | 8, identifier: number) => (frame: Buffer) =>
  isIcmp(frame) && frame[34] === type && frame.readUInt16BE(38) === identifier

/** Brings a path up, with an ear at both ends of its router. */
export async function openRouter(pathName: string): Promise<Router> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-send-frames-'))
  const program = join(folder, 'send-frames')
  await execa('clang', ['-Wall', '-Werror', '-o', program, join(import.meta.dirname, 'send-frames.c')])
  const path = await bringUp(pathName)
  const close = async () => {
    await path.close()
    rmSync(folder, { recursive: true })
  }
  try {
    return { ...(await listen(path, program)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function listen(path: LivePath, program: string): Promise<Omit<Router, 'close'>> {
  const server = await captureFrames(path, 'netns-3', 'veth2@2')
  const client = await captureFrames(path, 'netns-1', 'veth1@1')
  const toRouter = {
    sourceMac: (await path.device('netns-1', 'veth1@1')).mac,
    destinationMac: (await path.device('netns-2', 'veth1@2')).mac,
  }
  // An echo is always the stack's work. Packets stay in order, so once its reply is there, all that
  // the frame before it caused is there too.
  let identifier = 100
  const sendThenEcho = async (frames: readonly Buffer[]) => {
    identifier += 1
    const echo = ipv4Frame(toRouter, { protocol: 1, content: echoRequest(identifier) })
    const [file, ...rest] = path.enter([program, 'veth1@1'], 'netns-1')
    await execa(file, rest, { input: [...frames, echo].map((one) => `${one.toString('hex')}\n`).join('') })
    return {
      atClient: (await client.until(isEcho(0, identifier))).slice(0, -1),
      atServer: (await server.until(isEcho(8, identifier))).slice(0, -1),
    }
  }
  // Every neighbour's address is known after it.
  await sendThenEcho([])
  return {
    toRouter,
    send: async (frame) => {
      let seen: Awaited<ReturnType<typeof sendThenEcho>>
      let sentByServer = 0
      const router = await path.counted('netns-2', async () => {
        const counted = await path.counted('netns-3', async () => {
          seen = await sendThenEcho([frame])
        })
        sentByServer = counted.get('Ip.OutRequests')!
      })
      return {
        arrived: seen!.atServer.filter(isIpv4).map((one) => one.subarray(14)),
        // What the server sent went through the router's stack as well, and so did the echo request.
        forwarded: router.get('Ip.ForwDatagrams')! - sentByServer - 1,
        answers: seen!.atClient
          .filter((one) => isIcmp(one) && sourceOf(one) === '10.10.2.10')
          .map((one) => `${one[34]}/${one[35]}`),
      }
    },
  }
}
