/** How a path's traffic was shared out: among its servers, and among the namespaces on the way. */
import type { TrialResult } from '../parts/loads/trial-result.ts'
import type { Crossing, ServerShare } from '../record/record.ts'
import { linkEnds } from '../scenario/link-ends.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { PathCounters } from './round-counters.ts'

/** Sums of one path. */
interface Sums {
  /** Of the round under way: flows known to be on each server. */
  roundFlows: readonly number[]
  readonly flows: number[]
  readonly requests: number[]
  readonly connections: number[]
  /** Frames received, by namespace. */
  readonly frames: Map<string, number>
  /** Frames that the client sent and received. */
  clientFrames: number
}

const addTo = (sums: number[], values: readonly number[]): void => {
  for (const [index, value] of values.entries()) sums[index] = (sums[index] ?? 0) + value
}

/** Adds up a run, by path. */
export class ShareLog {
  readonly #client: string
  readonly #hasHttp: boolean
  readonly #paths = new Map<string, Sums>()

  /** @param client the client's namespace, as the scenario calls it */
  constructor(client: string, hasHttp: boolean) {
    this.#client = client
    this.#hasHttp = hasHttp
  }

  addTrial({ path, byServer }: TrialResult): void {
    if (byServer === undefined) return
    const sums = this.#sumsOf(path)
    addTo(sums.requests, byServer.received)
    // Sockets are opened afresh every round, and flows are known from then on.
    sums.roundFlows = byServer.flows
  }

  endRound(path: ScenarioPath, counters: PathCounters): void {
    const sums = this.#sumsOf(path.name)
    addTo(sums.flows, sums.roundFlows)
    sums.roundFlows = []
    addTo(
      sums.connections,
      path.servers.map(({ namespace }) => counters.get(namespace)?.get('Tcp.PassiveOpens') ?? 0),
    )
    for (const namespace of deviceUnderTestOf(path, this.#client))
      sums.frames.set(namespace, (sums.frames.get(namespace) ?? 0) + frames(counters, namespace, ['rx']))
    sums.clientFrames += frames(counters, this.#client, ['rx', 'tx'])
  }

  /** What each server of a path got, in the path's order. */
  serversOf({ name, servers }: ScenarioPath): ServerShare[] {
    const sums = this.#sumsOf(name)
    return servers.map(({ namespace, address }, index) => ({
      namespace,
      address,
      flows: sums.flows[index] ?? 0,
      requests: sums.requests[index] ?? 0,
      httpConnections: this.#hasHttp ? (sums.connections[index] ?? 0) : null,
    }))
  }

  /** Which share of a path's traffic came by each namespace in the middle. */
  crossingsOf(path: ScenarioPath): Crossing[] {
    const { frames: counted, clientFrames } = this.#sumsOf(path.name)
    if (clientFrames === 0) return []
    return deviceUnderTestOf(path, this.#client).map((namespace) => {
      const ofNamespace = counted.get(namespace) ?? 0
      return { namespace, frames: ofNamespace, share: ofNamespace / clientFrames }
    })
  }

  #sumsOf(path: string): Sums {
    const sums = this.#paths.get(path) ?? {
      roundFlows: [],
      flows: [],
      requests: [],
      connections: [],
      frames: new Map<string, number>(),
      clientFrames: 0,
    }
    this.#paths.set(path, sums)
    return sums
  }
}

/** The namespaces between client and servers: those with an address that are neither. */
function deviceUnderTestOf({ topology, servers }: ScenarioPath, client: string): string[] {
  const ends = new Set([client, ...servers.map(({ namespace }) => namespace)])
  const addressed = new Set(
    linkEnds(topology)
      .filter(({ addresses }) => addresses.length > 0)
      .map(({ namespace }) => namespace),
  )
  return Object.keys(topology.namespaces).filter((name) => addressed.has(name) && !ends.has(name))
}

/** Frames that the devices of a namespace sent or received, loopback aside. */
function frames(counters: PathCounters, namespace: string, directions: readonly ('rx' | 'tx')[]): number {
  const wanted = new Set(directions.map((direction) => `${direction}Packets`))
  let sum = 0
  for (const [name, value] of counters.get(namespace) ?? []) {
    const [device = '', counter = ''] = name.split(/\.(?=[^.]*$)/)
    if (device !== 'lo' && wanted.has(counter)) sum += value
  }
  return sum
}
