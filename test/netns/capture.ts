/** Frames as a device receives them, by tcpdump. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { LivePath } from './live-path.ts'

export interface Capture {
  /** The frames that came since the last call, up to one that `isLast` knows, which is among them. */
  readonly until: (isLast: (frame: Buffer) => boolean) => Promise<Buffer[]>
}

/** Captures what `device` receives, from now until the path is closed. */
export async function captureFrames(path: LivePath, namespace: string, device: string): Promise<Capture> {
  // Every frame at once, and whole. What waits for tcpdump has a place of the greatest length each: by its defaults there are
  // eight, which a busy machine fills.
  const places = ['--snapshot-length=66000', '--buffer-size=32768']
  const flags = ['--immediate-mode', '--packet-buffered', ...places, '-Q', 'in', '-i', device, '-w', '-']
  const [file, ...rest] = path.enter(['tcpdump', ...flags], namespace)
  const { stdout, stderr } = spawn(file, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  await untilLine(stderr, /listening on/)
  const frames = readFrames(stdout)
  return {
    until: async (isLast) => {
      const found: Buffer[] = []
      for (;;) {
        const { value, done } = await frames.next()
        if (done === true) throw new Error(`tcpdump on ${device} ended`)
        found.push(value)
        if (isLast(value)) return found
      }
    },
  }
}

async function untilLine(stream: Readable, words: RegExp): Promise<void> {
  const lines: string[] = []
  for await (const line of createInterface({ input: stream })) {
    if (words.test(line)) return
    lines.push(line)
  }
  throw new Error(`tcpdump did not start: ${lines.join('\n')}`)
}

// A file header of 24 bytes, then each frame after a header of 16 whose third word is its length
// (pcap-savefile(5)); little-endian as the machines that this runs on.
const fileHeaderBytes = 24
const frameHeaderBytes = 16

async function* readFrames(stream: Readable): AsyncGenerator<Buffer, undefined> {
  let waiting: Buffer = Buffer.alloc(0)
  let isHeaderRead = false
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    waiting = Buffer.concat([waiting, chunk])
    if (!isHeaderRead) {
      if (waiting.length < fileHeaderBytes) continue
      waiting = waiting.subarray(fileHeaderBytes)
      isHeaderRead = true
    }
    while (waiting.length >= frameHeaderBytes) {
      const end = frameHeaderBytes + waiting.readUInt32LE(8)
      if (waiting.length < end) break
      yield waiting.subarray(frameHeaderBytes, end)
      waiting = waiting.subarray(end)
    }
  }
  return undefined
}
