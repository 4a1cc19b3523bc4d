/** What the kernel counted on live paths between the two ends of a round. */
import { type Counters, countersBetween, parseCounters } from '../datapath/counters.ts'
import type { Generator } from '../load/generator.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import { sandboxFolders } from '../topology/sandbox.ts'

/** Counters of one path: by namespace, as the scenario calls it. */
export type PathCounters = ReadonlyMap<string, Counters>

/** Starts counting; what it returns ends it, and gives what was counted since, by path. */
export async function startCounting(
  generator: Generator,
  paths: readonly ScenarioPath[],
): Promise<() => Promise<ReadonlyMap<string, PathCounters>>> {
  const before = await readAll(generator, paths)
  return async () => {
    const after = await readAll(generator, paths)
    return new Map(
      [...after].map(([path, counters]) => [path, differences(before.get(path) ?? new Map(), counters)]),
    )
  }
}

const differences = (before: PathCounters, after: PathCounters): PathCounters =>
  new Map(
    [...after].map(([namespace, counters]) => [
      namespace,
      countersBetween(before.get(namespace) ?? new Map<string, number>(), counters),
    ]),
  )

async function readAll(
  generator: Generator,
  paths: readonly ScenarioPath[],
): Promise<Map<string, PathCounters>> {
  const places = paths.flatMap(({ name, topology }) =>
    Object.keys(topology.namespaces).map((namespace) => ({
      path: name,
      namespace,
      file: `${sandboxFolders.namespaces}/${namespaceFileFor(name)(namespace)}`,
    })),
  )
  if (places.length === 0) return new Map()
  const texts = await generator.readCounters(places.map(({ file }) => file))
  const counted = new Map<string, Map<string, Counters>>(paths.map(({ name }) => [name, new Map()]))
  for (const [index, { path, namespace }] of places.entries())
    counted.get(path)?.set(namespace, parseCounters(texts[index] ?? ''))
  return counted
}
