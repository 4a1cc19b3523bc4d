/** What connections leave behind in the namespaces of paths: read once a round, where trials open many. */
import { type ConnectionTables as Tables, tablesIn } from '../datapath/connection-tables.ts'
import type { Generator } from '../load/generator.ts'
import { loadOf, type LoadTrial } from '../parts/loads/loads.ts'
import type { ConnectionTables } from '../record/record.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import { namespacePlace, type Sandbox } from '../topology/sandbox.ts'

/** What tables are read with. */
interface TableTools {
  readonly generator: Generator
  /** The client's namespace. */
  readonly client: string
}

/** What there is of a round's paths, by name; nothing of loads that open few connections. */
export async function tablesLeft(
  tools: TableTools & { readonly sandbox: Sandbox; readonly load: readonly LoadTrial[] },
  round: number,
  paths: readonly ScenarioPath[],
): Promise<ReadonlyMap<string, readonly ConnectionTables[]>> {
  const left = new Map<string, readonly ConnectionTables[]>()
  if (!tools.load.some(({ kind }) => loadOf(kind).connectsEachTime === true)) return left
  for (const own of Map.groupBy(paths, ({ name }) => tools.sandbox.at(name)).values())
    for (const [path, rows] of await readOf(tools, own))
      left.set(
        path,
        rows.map((row) => ({ round, ...row })),
      )
  return left
}

/** A namespace's row. */
type Row = Omit<ConnectionTables, 'round'>

/** What there is of one path. */
export async function readTables(tools: TableTools, path: ScenarioPath): Promise<readonly Row[]> {
  return (await readOf(tools, [path])).get(path.name) ?? []
}

/** Of paths in one place, at once. */
async function readOf(
  { generator, client }: TableTools,
  paths: readonly ScenarioPath[],
): Promise<Map<string, Row[]>> {
  const places = paths.flatMap((path) =>
    Object.keys(path.topology.namespaces).map((namespace) => ({ path, namespace })),
  )
  const files = places.map(({ path, namespace }) => namespacePlace(namespaceFileFor(path.name)(namespace)))
  const read = await generator.at(paths[0]?.name ?? '').readTables(files)
  const rows = new Map<string, Row[]>(paths.map(({ name }) => [name, []]))
  for (const [index, { path, namespace }] of places.entries()) {
    const isEnd = namespace === client || path.servers.some((server) => server.namespace === namespace)
    rows.get(path.name)?.push(...rowOf(namespace, tablesIn(read[index] ?? {}), isEnd))
  }
  return rows
}

/** Sockets are at the ends; a namespace that tracks nothing has nothing of that. */
function rowOf(namespace: string, { timeWait, tracked, untrackable }: Tables, isEnd: boolean): Row[] {
  const row = {
    ...(isEnd && timeWait !== undefined ? { timeWait: timeWait.held, timeWaitMost: timeWait.most } : {}),
    ...(tracked === undefined ? {} : { tracked: tracked.held, trackedMost: tracked.most }),
    ...(untrackable === 0 ? {} : { untrackable }),
  }
  return Object.keys(row).length === 0 ? [] : [{ namespace, ...row }]
}
