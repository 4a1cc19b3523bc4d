/** The topologies of all paths, live at once, each with its programs attached and its web servers up. */
import { attachPrograms, unloadSteps } from '../datapath/attach.ts'
import type { BpfObjects } from '../datapath/object.ts'
import type { HttpClient } from '../load/http.ts'
import type { PathSockets } from '../load/protocol.ts'
import { startSteps, stopStep } from '../load/web-server.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import type { HttpTrial } from '../scenario/schema.ts'
import { buildTopology, removalStep } from '../topology/apply.ts'
import { type NamespaceFile, namespaceFileFor, planTopology } from '../topology/plan.ts'
import { type Sandbox, sandboxFolders } from '../topology/sandbox.ts'

/** What a path is built of, beside itself. */
export interface PathParts {
  readonly objects: BpfObjects
  readonly load: Scenario['load']
  /** The CPU of the servers. */
  readonly serverCpu?: number
}

/** Builds the topologies of `paths` side by side. @throws BenchError `failed` on the first that cannot be. */
export async function buildPaths(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  parts: PathParts,
): Promise<void> {
  await Promise.all(paths.map((path) => buildPath(sandbox, path, parts, namespaceFileFor(path.name))))
}

/** Builds the topology of one path, attaches its programs and starts its web servers. */
export async function buildPath(
  sandbox: Sandbox,
  path: ScenarioPath,
  { objects, load, serverCpu }: PathParts,
  fileOf: NamespaceFile,
): Promise<void> {
  await buildTopology(sandbox, planTopology(path.topology, fileOf), path.name)
  await attachPrograms(sandbox, path, objects, fileOf)
  const servers = httpPorts(load).flatMap((port) =>
    path.servers.map(({ namespace }) => ({
      path: path.name,
      host: namespace,
      namespaceFile: fileOf(namespace),
      port,
    })),
  )
  await sandbox.run(servers.flatMap((server) => startSteps(server, serverCpu)))
}

/** Takes the topologies of `paths` away. */
export async function removePaths(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  load: Scenario['load'],
): Promise<void> {
  await sandbox.run(
    paths.flatMap((path) => [
      ...(httpPorts(load).length === 0 ? [] : [stopStep(path.name)]),
      removalStep(planTopology(path.topology, namespaceFileFor(path.name)), path.name),
      ...unloadSteps(path),
    ]),
  )
}

/** The ports that HTTP load goes to. */
const httpPorts = (load: Scenario['load']): number[] => [...new Set(httpTrials(load).map(({ port }) => port))]

const httpTrials = (load: Scenario['load']): HttpTrial[] => load.filter((trial) => trial.kind === 'http')

/** Where `udpgen` finds the ends of a path. */
export function socketsOf({ client }: Scenario, { name, servers, targets }: ScenarioPath): PathSockets {
  const fileOf = namespaceFileFor(name)
  const file = (namespace: string) => `${sandboxFolders.namespaces}/${fileOf(namespace)}`
  return {
    name,
    client: { namespace: file(client.namespace), flows: client.flows },
    targets,
    servers: servers.map((server) => ({ ...server, namespace: file(server.namespace) })),
  }
}

/** Where HTTP load of a path comes from and goes to; undefined where there is none. */
export function httpClientOf(
  { client, load }: Scenario,
  { name, targets }: ScenarioPath,
): HttpClient | undefined {
  const port = httpTrials(load)[0]?.port
  if (port === undefined) return undefined
  return {
    namespaceFile: namespaceFileFor(name)(client.namespace),
    targets: targets.map(({ address }) => ({ address, port })),
  }
}
