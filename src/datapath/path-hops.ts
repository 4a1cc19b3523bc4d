/** The namespaces that a path's packets pass, and the devices by which they come and go. Pure. */
import { pairsOf } from '../scenario/link-ends.ts'
import type { WayStep } from '../record/record.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Topology } from '../scenario/schema.ts'

/** One namespace on the way. */
export interface Hop {
  readonly namespace: string
  /** By which the packets come in; undefined where they start. */
  readonly arrival?: string
  /** By which they go out; undefined where they end. */
  readonly departure?: string
}

interface End {
  readonly namespace: string
  readonly device: string
}

/** One way over a link. */
interface Crossing {
  readonly from: End
  readonly to: End
}

/**
 * The hops of a request from `client` to `server`, or of the reply: as the path's way has them, and where
 * it leaves devices or namespaces out, or is not told at all, by the fewest links. What the way names
 * that no link leads to ends it.
 */
export function hopsOf(
  { topology, way, returnWay }: ScenarioPath,
  client: string,
  server: string,
  direction: 'request' | 'reply',
): Hop[] {
  const [from, to] = direction === 'request' ? [client, server] : [server, client]
  const told = direction === 'request' ? way : returnWay.length > 0 ? returnWay : way.toReversed()
  const visits = visitsOf(told)
  // A way that starts or ends elsewhere is of another server.
  const stations =
    visits.at(0)?.namespace === from && visits.at(-1)?.namespace === to
      ? visits
      : [
          { namespace: from, devices: [] },
          { namespace: to, devices: [] },
        ]
  const crossings: Crossing[] = []
  for (const [index, station] of stations.slice(0, -1).entries()) {
    const next = stations[index + 1]
    const found = next === undefined ? undefined : crossingsBetween(topology, station, next)
    if (found === undefined) break
    crossings.push(...found)
  }
  return [
    ...crossings.map(({ from: { namespace, device } }, index) => {
      const arrival = crossings[index - 1]?.to.device
      return { namespace, ...(arrival === undefined ? {} : { arrival }), departure: device }
    }),
    ...crossings.slice(-1).map(({ to: { namespace, device } }) => ({ namespace, arrival: device })),
  ]
}

/** A namespace on the way with the devices of it that the way names. */
interface Visit {
  readonly namespace: string
  readonly devices: readonly string[]
}

function visitsOf(way: readonly WayStep[]): Visit[] {
  const visits: { namespace: string; devices: string[] }[] = []
  for (const step of way) {
    if (visits.at(-1)?.namespace !== step.namespace) visits.push({ namespace: step.namespace, devices: [] })
    if (step.through !== 'stack') visits.at(-1)?.devices.push(step.device)
  }
  return visits
}

const crossingsOf = (topology: Topology): Crossing[] =>
  pairsOf(topology).flatMap(
    ([
      ,
      {
        ends: [a, b],
      },
    ]) => [
      { from: a, to: b },
      { from: b, to: a },
    ],
  )

/** The links from one namespace to another: those whose devices the way names before others. */
function crossingsBetween(topology: Topology, from: Visit, to: Visit): Crossing[] | undefined {
  const all = crossingsOf(topology)
  const named = (crossing: Crossing): number =>
    Number(from.devices.includes(crossing.from.device)) + Number(to.devices.includes(crossing.to.device))
  const [direct] = all
    .filter((one) => one.from.namespace === from.namespace && one.to.namespace === to.namespace)
    .toSorted((a, b) => named(b) - named(a))
  return direct === undefined ? fewestLinks(all, from.namespace, to.namespace) : [direct]
}

function fewestLinks(all: readonly Crossing[], from: string, to: string): Crossing[] | undefined {
  const reached = new Map<string, Crossing[]>([[from, []]])
  for (const [namespace, crossings] of reached)
    for (const crossing of all)
      if (crossing.from.namespace === namespace && !reached.has(crossing.to.namespace))
        reached.set(crossing.to.namespace, [...crossings, crossing])
  return reached.get(to)
}
