/** What the kernel counted on live paths between the two ends of a round. */
import { type Counters, countersBetween, readCounters } from '../datapath/counters.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import type { Sandbox } from '../topology/sandbox.ts'

/** Counters of one path: by namespace, as the scenario calls it. */
export type PathCounters = ReadonlyMap<string, Counters>

/** Starts counting; what it returns ends it, and gives what was counted since, by path. */
export async function startCounting(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
): Promise<() => Promise<ReadonlyMap<string, PathCounters>>> {
  const before = await readAll(sandbox, paths)
  return async () => {
    const after = await readAll(sandbox, paths)
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

async function readAll(sandbox: Sandbox, paths: readonly ScenarioPath[]): Promise<Map<string, PathCounters>> {
  const places = paths.map(({ name, topology }) => ({
    name,
    namespaces: Object.keys(topology.namespaces),
    fileOf: namespaceFileFor(name),
  }))
  const counters = await readCounters(
    sandbox,
    places.flatMap(({ namespaces, fileOf }) => namespaces.map(fileOf)),
  )
  return new Map(
    places.map(({ name, namespaces, fileOf }) => [
      name,
      new Map(
        namespaces.map((namespace) => [
          namespace,
          counters.get(fileOf(namespace)) ?? new Map<string, number>(),
        ]),
      ),
    ]),
  )
}
