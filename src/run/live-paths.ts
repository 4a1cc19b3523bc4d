/** The topologies of all paths, live at once, each with its programs attached. */
import { attachPrograms, unloadSteps } from '../datapath/attach.ts'
import type { BpfObjects } from '../datapath/object.ts'
import type { PathSockets } from '../load/protocol.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import { buildTopology, removalStep } from '../topology/apply.ts'
import { type NamespaceFile, namespaceFileFor, planTopology } from '../topology/plan.ts'
import { type Sandbox, sandboxFolders } from '../topology/sandbox.ts'

/** Builds the topologies of `paths` side by side. @throws BenchError `failed` on the first that cannot be. */
export async function buildPaths(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  objects: BpfObjects,
): Promise<void> {
  await Promise.all(paths.map((path) => buildPath(sandbox, path, objects, namespaceFileFor(path.name))))
}

/** Builds the topology of one path and attaches its programs. */
export async function buildPath(
  sandbox: Sandbox,
  path: ScenarioPath,
  objects: BpfObjects,
  fileOf: NamespaceFile,
): Promise<void> {
  await buildTopology(sandbox, planTopology(path.topology, fileOf), path.name)
  await attachPrograms(sandbox, path, objects, fileOf)
}

/** Takes the topologies of `paths` away. */
export async function removePaths(sandbox: Sandbox, paths: readonly ScenarioPath[]): Promise<void> {
  await sandbox.run(
    paths.flatMap((path) => [
      removalStep(planTopology(path.topology, namespaceFileFor(path.name)), path.name),
      ...unloadSteps(path),
    ]),
  )
}

/** Where the generator finds the two ends of a path. */
export function socketsOf({ client, server }: Scenario, { name }: ScenarioPath): PathSockets {
  const fileOf = namespaceFileFor(name)
  const file = (namespace: string) => `${sandboxFolders.namespaces}/${fileOf(namespace)}`
  return {
    name,
    client: { namespace: file(client.namespace) },
    server: { namespace: file(server.namespace), address: server.address, port: server.port },
  }
}
