/** Many flows to the service, a frame of each, and where they went. Pure. */
import { datagram, request } from './dsr-network.ts'
import { frameOf } from './packet.ts'
import type { Outcome } from './sandboxed-program.ts'

const payload = Buffer.alloc(0)
const portsPerClient = 50_000

function flowFrame(flow: number): Buffer {
  const source = `10.1.0.${1 + Math.floor(flow / portsPerClient)}`
  return frameOf(
    request({ source, content: datagram({ sourcePort: 1024 + (flow % portsPerClient), payload }) }),
  )
}

const made: Buffer[] = []

/** A frame each of flows `first` to `last` - 1, all different: by their ports, and then by their clients. */
export function flowFrames(first: number, last: number): Buffer[] {
  while (made.length < last) made.push(flowFrame(made.length))
  return made.slice(first, last)
}

/** Destination of each frame, as it stands in the header: one number an address. */
export const destinationsOf = (outcomes: readonly Outcome[]): number[] =>
  outcomes.map(({ frame }) => frame.readUInt32BE(30))

/** An address as `destinationsOf` gives it. */
export const addressNumber = (address: string): number =>
  Buffer.from(address.split('.').map(Number)).readUInt32BE(0)

/** How many go to each of the addresses. @throws Error if any goes elsewhere */
export function countEach(destinations: readonly number[], addresses: readonly string[]): number[] {
  const counts = new Map(addresses.map((address) => [addressNumber(address), 0]))
  for (const destination of destinations) {
    const count = counts.get(destination)
    if (count === undefined) throw new Error(`a frame goes to ${destination.toString(16)}`)
    counts.set(destination, count + 1)
  }
  return [...counts.values()]
}

/** How many flows went elsewhere the second time. */
export const countMoved = (before: readonly number[], after: readonly number[]): number =>
  after.filter((destination, flow) => destination !== before[flow]).length
