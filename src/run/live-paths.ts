/** The topologies of all paths, live at once, each with its programs attached and its web servers up. */
import { attachSteps, unloadSteps } from '../datapath/attach.ts'
import { instancesOf, isOf } from '../datapath/instances.ts'
import { loadError } from '../datapath/load-failure.ts'
import { loadOrders } from '../datapath/load-order.ts'
import { type LoadAnswer, type LoadedProgram, loadInstances } from '../datapath/loader.ts'
import { type BpfObjects, failedObjectOf } from '../datapath/bpf-objects.ts'
import { BenchError } from '../host/errors.ts'
import { OutOfProcesses } from '../host/process-room.ts'
import { endSteps, serverSteps } from '../load/drivers.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import { buildTopology, type LiveDevices, readTopology, removalStep } from '../topology/apply.ts'
import { hasCgroup, makeCgroup } from '../topology/cgroups.ts'
import { type NamespaceFile, namespaceFileFor, planTopology } from '../topology/plan.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import { awaitPrograms, setUpPath, tearDownPaths } from './own-commands.ts'
import type { Step } from '../topology/steps.ts'

/** What a path is built of, beside itself. */
export interface PathParts {
  readonly objects: BpfObjects
  readonly load: Scenario['load']
  /** The CPU of the servers. */
  readonly serverCpu?: number
  /** Whether the namespaces are there already: then paths are only loaded, and switched to. */
  readonly place?: Scenario['place']
  /** The names of namespaces' files; by default those for paths that are live at once. */
  readonly fileOf?: NamespaceFile
}

/** What came of building paths. */
export interface BuiltPaths {
  /** Those that could not be built, and why; nothing of them is left. */
  readonly failures: ReadonlyMap<string, BenchError>
  /** The others, by name. */
  readonly sites: ReadonlyMap<string, BuiltPath>
}

export interface BuiltPath {
  readonly devices: LiveDevices
  /** What was loaded, in the order of the path's programs. */
  readonly programs: readonly LoadedProgram[]
}

/** A path that is being built. */
interface Site {
  readonly path: ScenarioPath
  readonly fileOf: NamespaceFile
}

/**
 * Builds the topologies of `paths` side by side, attaches their programs and starts their web servers. A
 * fault of one path is none of the others'.
 *
 * @throws BenchError `machine` where processes cannot be started, and if the sandbox is gone
 */
export async function buildPaths(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  parts: PathParts,
): Promise<BuiltPaths> {
  const failures = new Map<string, BenchError>()
  const sites = new Map<string, BuiltPath>()
  await Promise.all(
    paths.map(async (path) => {
      const site = { path, fileOf: parts.fileOf ?? namespaceFileFor(path.name) }
      try {
        sites.set(path.name, await buildSite(sandbox.at(path.name), site, parts))
      } catch (error) {
        if (!(error instanceof BenchError)) throw error
        failures.set(path.name, error)
        await clearAway(sandbox.at(path.name), site, parts)
      }
    }),
  )
  // Where no more processes may be started, or the sandbox itself is gone, that is nobody's path's fault.
  for (const error of failures.values()) if (error instanceof OutOfProcesses) throw error
  for (const failed of failures.keys())
    await sandbox.at(failed).run([{ command: ['true'], what: 'build in the sandbox' }])
  return { failures, sites }
}

/** @throws BenchError if it cannot be built */
async function buildSite(
  sandbox: Sandbox,
  site: Site,
  { objects, load, place, serverCpu }: PathParts,
): Promise<BuiltPath> {
  const { path, fileOf } = site
  const failed = failedObjectOf(path, objects)
  if (failed !== undefined) throw failed
  const plan = planTopology(path.topology, fileOf)
  if (place === 'existing') {
    const devices = await readTopology(sandbox, plan, path.name)
    return { devices, programs: await loadPrograms(sandbox, site, objects, devices) }
  }
  const devices = await buildTopology(sandbox, plan, path.name)
  if (hasCgroup(path)) await makeCgroup(sandbox, path.name)
  await setUpPath(sandbox, path, fileOf)
  const loaded = await loadPrograms(sandbox, site, objects, devices)
  await sandbox.run([...attachSteps(path, fileOf), ...serverSteps({ path, fileOf, serverCpu }, load)])
  const found = await awaitPrograms(sandbox, path, fileOf)
  return { devices, programs: [...loaded, ...found] }
}

/** As `buildPaths`, of one path. @throws BenchError if it cannot be built */
export async function buildPath(sandbox: Sandbox, path: ScenarioPath, parts: PathParts): Promise<void> {
  const { failures } = await buildPaths(sandbox, [path], parts)
  for (const error of failures.values()) throw error
}

/** @throws BenchError about the first program that is refused */
async function loadPrograms(
  sandbox: Sandbox,
  { path, fileOf }: Site,
  objects: BpfObjects,
  devices: LiveDevices,
): Promise<LoadedProgram[]> {
  const orders = loadOrders(path, objects, fileOf, (namespace, device) => devices.get(namespace)?.get(device))
  const answers = await loadInstances(sandbox, orders)
  const refused = answers.findIndex(({ state }) => state === 'failed')
  const answer = answers[refused]
  if (answer?.state === 'failed') {
    const { object = '' } = instancesOf(path.programs)[refused] ?? {}
    const prepared = objects.get(object)
    throw loadError(path.name, object, answer, prepared?.state === 'ready' ? prepared.btf.maps : new Map())
  }
  return inOrder(path, answers)
}

/** What was loaded of a path's instances, in the order of its programs. */
function inOrder({ programs }: ScenarioPath, answers: readonly LoadAnswer[]): LoadedProgram[] {
  const instances = instancesOf(programs)
  return programs.flatMap((program) => {
    const answer = answers[instances.findIndex((instance) => isOf(instance, program))]
    const loaded = answer?.state === 'loaded' ? answer.programs : []
    return loaded.find(({ name }) => name === program.program) ?? []
  })
}

/** Takes away what there is of a path that failed half-way; what was not built yet cannot be. */
async function clearAway(sandbox: Sandbox, { path, fileOf }: Site, parts: RemovedParts): Promise<void> {
  if (parts.place !== 'existing') await tearDownPaths(sandbox, [path], () => fileOf)
  for (const step of removalSteps([path], parts, () => fileOf))
    await sandbox.run([step]).catch((error: unknown) => {
      if (!(error instanceof BenchError)) throw error
    })
}

/** Takes away what there may be of paths, whatever state they are in. */
export async function clearPaths(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  parts: RemovedParts,
): Promise<void> {
  for (const path of paths)
    await clearAway(sandbox.at(path.name), { path, fileOf: namespaceFileFor(path.name) }, parts)
}

/** What there is to take away of paths. */
type RemovedParts = Pick<PathParts, 'load' | 'place'>

/**
 * Takes the topologies of `paths` away.
 *
 * @returns whose own teardown failed, and why
 */
export async function removePaths(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  parts: RemovedParts,
): Promise<ReadonlyMap<string, BenchError>> {
  // Where paths are switched, that has torn them down.
  const torn = parts.place === 'existing' ? [] : paths
  const failures = await tearDownPaths(sandbox, torn, namespaceFileFor)
  for (const [place, own] of Map.groupBy(paths, ({ name }) => sandbox.at(name)))
    await place.run(removalSteps(own, parts, namespaceFileFor))
  return failures
}

const removalSteps = (
  paths: readonly ScenarioPath[],
  { load, place }: RemovedParts,
  filesOf: (path: string) => NamespaceFile,
): Step[] => {
  const names = paths.map(({ name }) => name)
  const plans = () => paths.map(({ name, topology }) => planTopology(topology, filesOf(name)))
  // What was there before stays, and so does what all paths share.
  const built = () => [...endSteps(names, load), removalStep(plans(), names)]
  return [...(place === 'existing' ? [] : built()), ...unloadSteps(paths)]
}
