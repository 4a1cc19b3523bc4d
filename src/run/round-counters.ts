/** What the kernel counted on live paths between the two ends of a round. */
import { pinnedMap } from '../datapath/instances.ts'
import { countersBetween, parseCounters } from '../datapath/counters.ts'
import { countIn } from '../datapath/counter-place.ts'
import { findMapCounter, type MapCounter } from '../datapath/map-counter.ts'
import { parseNftCounters } from '../datapath/nft-counters.ts'
import type { BpfObjects } from '../datapath/bpf-objects.ts'
import type { Generator } from '../load/generator.ts'
import type { NamespaceCounters } from '../load/answers.ts'
import { countersOfRules } from '../parts/proofs/claims.ts'
import type { Counters } from '../parts/proofs/proof.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import { namespacePlace, type Sandbox } from '../topology/sandbox.ts'

/** Counters of one path: by namespace, as the scenario calls it. */
export type PathCounters = ReadonlyMap<string, Counters>

/** What counters are read with. */
export interface CountingTools {
  readonly generator: Generator
  readonly sandbox: Sandbox
  readonly objects: BpfObjects
}

/** A namespace of a path. */
interface Place {
  readonly path: ScenarioPath
  readonly namespace: string
}

/**
 * Starts counting; what it returns ends it, and gives what was counted since, by path: of those that are still there.
 *
 * Counters of drivers, nftables and maps are read where a rule of proof names one.
 *
 * @param wantsDrivers whether those of drivers are read in any case, as a diagnosis wants them
 */
export async function startCounting(
  tools: CountingTools,
  paths: readonly ScenarioPath[],
  wantsDrivers = false,
): Promise<(still?: readonly ScenarioPath[]) => Promise<ReadonlyMap<string, PathCounters>>> {
  const before = await readAll(tools, paths, wantsDrivers)
  return async (still = paths) => {
    const after = await readAll(tools, still, wantsDrivers)
    return new Map(
      [...after].map(([path, counters]) => [path, differences(before.get(path) ?? new Map(), counters)]),
    )
  }
}

/** Counters of two stretches of time together. */
export const sumOf = (one: PathCounters, other: PathCounters): PathCounters =>
  new Map(
    [...other].map(([namespace, counters]) => [
      namespace,
      new Map([...counters].map(([name, value]) => [name, value + (one.get(namespace)?.get(name) ?? 0)])),
    ]),
  )

const differences = (before: PathCounters, after: PathCounters): PathCounters =>
  new Map(
    [...after].map(([namespace, counters]) => [
      namespace,
      countersBetween(before.get(namespace) ?? new Map<string, number>(), counters),
    ]),
  )

async function readAll(
  { generator, sandbox, objects }: CountingTools,
  paths: readonly ScenarioPath[],
  wantsDrivers: boolean,
): Promise<Map<string, PathCounters>> {
  const counted = new Map(paths.map(({ name }) => [name, new Map<string, Map<string, number>>()]))
  const places = paths.flatMap((path) =>
    Object.keys(path.topology.namespaces).map((namespace) => ({ path, namespace })),
  )
  const add = ({ path, namespace }: Place, counters: Counters) => {
    const before = counted.get(path.name)?.get(namespace) ?? []
    counted.get(path.name)?.set(namespace, new Map([...before, ...counters]))
  }
  for (const own of Map.groupBy(places, ({ path }) => sandbox.at(path.name)).values()) {
    const tools = toolsAt({ generator, sandbox, objects }, own[0]!.path)
    const files = own.map((place) => namespacePlace(fileOf(place)))
    const read = await tools.generator.readCounters(files, wantsDrivers || paths.some(namesDriver))
    for (const [index, place] of own.entries()) add(place, flatten(read[index]))
    for (const { place, counters } of await readNftables(tools.sandbox, own)) add(place, counters)
    for (const { place, counters } of await readMaps(tools.generator, own, objects)) add(place, counters)
  }
  return counted
}

const toolsAt = (tools: CountingTools, { name }: ScenarioPath): CountingTools => ({
  ...tools,
  generator: tools.generator.at(name),
  sandbox: tools.sandbox.at(name),
})

const fileOf = ({ path, namespace }: Place): string => namespaceFileFor(path.name)(namespace)

const namesDriver = ({ proof }: ScenarioPath): boolean =>
  countersOfRules(proof).some(({ name }) => name?.of === 'driver')

const flatten = (read: NamespaceCounters | undefined): Counters =>
  new Map([
    ...parseCounters(read?.text ?? ''),
    ...Object.entries(read?.devices ?? {}).flatMap(([device, counters]) =>
      Object.entries(counters).map(([name, value]) => [`${device}.${name}`, value] as const),
    ),
  ])

interface Read {
  readonly place: Place
  readonly counters: Counters
}

/** Reads the counters of nftables where a rule names one. */
async function readNftables(sandbox: Sandbox, places: readonly Place[]): Promise<Read[]> {
  const asked = places.filter(({ path, namespace }) =>
    countersOfRules(path.proof).some((one) => one.name?.of === 'nftables' && one.namespace === namespace),
  )
  const texts = await sandbox.run(
    asked.map((place) => ({
      command: ['nft', '-j', 'list', 'ruleset'],
      what: `read the counters of nftables in ${place.namespace} of path "${place.path.name}"`,
      namespaceFile: fileOf(place),
    })),
  )
  return asked.map((place, index) => ({ place, counters: parseNftCounters(texts[index] ?? '') }))
}

/** Reads the values of maps that rules name. */
async function readMaps(
  generator: Generator,
  places: readonly Place[],
  objects: BpfObjects,
): Promise<Read[]> {
  const asked = places.flatMap((place) =>
    countersOfRules(place.path.proof).flatMap(({ name, namespace, text }) => {
      if (name?.of !== 'map' || namespace !== place.namespace) return []
      const found = findMapCounter(name, namespace, place.path, objects)
      return typeof found === 'string' ? [] : [{ place, text, found }]
    }),
  )
  if (asked.length === 0) return []
  const values = await generator.readMapValues(
    asked.map(({ place, found }) => ({ pin: pinOf(place, found), key: found.key })),
  )
  return asked.map(({ place, text, found }, index) => ({
    place,
    counters: new Map([[text, countIn(values[index] ?? [], found)]]),
  }))
}

const pinOf = ({ path, namespace }: Place, { object, map }: MapCounter): string =>
  pinnedMap(path, { object, namespace }, map)
