/** What stands in each namespace of a path's topology, ordered along the packet's way. */
import type { PathRecord, WayStep } from '../../record/record.ts'

export interface Device {
  readonly namespace: string
  readonly device: string
  readonly addresses: readonly string[]
  /** Of its link, where that is not veth. */
  readonly kind?: string | undefined
}

/** What a device's box says below its name. */
export const deviceLines = ({ addresses, kind }: Device): readonly string[] =>
  kind === undefined ? addresses : [...addresses, kind]

export interface Program {
  readonly namespace: string
  readonly device: string
  readonly hook: string
  readonly program: string
}

export interface Station {
  readonly namespace: string
  /** Devices whose peer is nearer to the client: drawn at the upper edge. */
  readonly upper: readonly Device[]
  /** All others with a peer: drawn at the lower edge. */
  readonly lower: readonly Device[]
  /** Devices on the way that no link ends at, such as a bridge. */
  readonly inner: readonly Device[]
  readonly programs: readonly Program[]
  readonly passesStack: boolean
  readonly part: 'client' | 'server' | undefined
}

export const deviceKey = ({ namespace, device }: { namespace: string; device: string }): string =>
  JSON.stringify([namespace, device])

export const programKey = ({ namespace, device, hook, program }: Program): string =>
  JSON.stringify([namespace, device, hook, program])

const isProgramStep = (step: WayStep): step is Extract<WayStep, { through: 'program' }> =>
  step.through === 'program'

const isDevice = (step: WayStep): step is Extract<WayStep, { through: 'device' }> => step.through === 'device'

/** Namespaces in the order in which the way enters them, then those it does not touch. */
export const orderedNamespaces = ({ way, topology }: PathRecord): string[] => [
  ...new Set([...way.map(({ namespace }) => namespace), ...topology.namespaces]),
]

const uniqueBy = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
]

/** The programs of a path: those attached, and those that a way names. */
export const programsOf = ({ programs, way, returnWay = [] }: PathRecord): Program[] =>
  uniqueBy<Program>([...programs, ...[...way, ...returnWay].filter(isProgramStep)], programKey)

/** The stations of a path, from client to server. */
export const stationsOf = (path: PathRecord): Station[] => {
  const { way, topology } = path
  const namespaces = orderedNamespaces(path)
  const place = new Map(namespaces.map((namespace, index) => [namespace, index]))
  const ends = topology.links.flatMap(({ kind, ends: [one, other] }) => [
    { end: { ...one, kind }, peer: other },
    { end: { ...other, kind }, peer: one },
  ])
  const placeOf = ({ namespace }: Device): number => place.get(namespace) ?? 0
  const linked = new Set(ends.map(({ end }) => deviceKey(end)))
  const programs = programsOf(path)
  return namespaces.map((namespace) => {
    const here = ends.filter(({ end }) => end.namespace === namespace)
    const isUpper = ({ end, peer }: { end: Device; peer: Device }): boolean => placeOf(peer) < placeOf(end)
    const unlinked = way.filter(isDevice).filter((step) => !linked.has(deviceKey(step)))
    return {
      namespace,
      upper: here.filter(isUpper).map(({ end }) => end),
      lower: here.filter((each) => !isUpper(each)).map(({ end }) => end),
      inner: uniqueBy(unlinked, deviceKey)
        .filter((step) => step.namespace === namespace)
        .map(({ device }) => ({ namespace, device, addresses: [] })),
      programs: programs.filter((program) => program.namespace === namespace),
      passesStack: way.some((step) => step.through === 'stack' && step.namespace === namespace),
      part:
        way[0]?.namespace === namespace
          ? 'client'
          : way.at(-1)?.namespace === namespace
            ? 'server'
            : undefined,
    }
  })
}
