/** One path of the scenario, up and running in a sandbox, for tests to look into. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { execa } from 'execa'
import { countersBetween, parseCounters } from '../../src/datapath/counters.ts'
import type { Family } from '../../src/parts/ip-address.ts'
import type { Counters } from '../../src/parts/proofs/proof.ts'
import { prepareScenario } from '../../src/run/prepare-scenario.ts'
import { buildPath, buildPaths } from '../../src/run/live-paths.ts'
import { unmetNeeds } from '../../src/datapath/probe-kernel.ts'
import { needsOf } from '../../src/scenario/needs.ts'
import type { ScenarioPath } from '../../src/scenario/scenario.ts'
import { type NamespaceFile, namespaceFileFor } from '../../src/topology/plan.ts'
import type { Changes } from '../../src/scenario/changes/words.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { openSandbox, type Sandbox } from '../../src/topology/sandbox.ts'

export interface LivePath {
  /** The whole command that runs `command` in a namespace. */
  readonly enter: Sandbox['enter']
  /** Runs a command in a namespace to its end; gives what it wrote on standard output. */
  readonly run: (namespace: string, command: readonly [string, ...string[]]) => Promise<string>
  /** Starts a command in a namespace, and waits for a line of its output that says it is ready. */
  readonly start: (namespace: string, command: readonly [string, ...string[]], ready: string) => Promise<void>
  readonly device: (namespace: string, name: string) => Promise<{ ifindex: number; mac: string }>
  /** What the kernel counted in a namespace while `work` went on. */
  readonly counted: (namespace: string, work: () => Promise<void>) => Promise<Counters>
  readonly close: () => Promise<void>
}

/** A device as `ip -j link` tells of it. */
interface Link {
  readonly ifname: string
  readonly ifindex: number
  readonly address: string
  readonly operstate: string
}

/** Builds a path of a scenario, and waits until its links carry frames. */
export async function bringUp(
  pathName: string,
  scenarioName = 'redirect-vs-stack',
  changes: Changes = {},
): Promise<LivePath> {
  const scenario = loadScenario(findScenario(scenarioName), changes)
  const paths = scenario.paths.filter(({ name }) => name === pathName)
  const path = paths[0]!
  const objects = await prepareScenario({ ...scenario, paths })
  const sandbox = await openSandbox()
  try {
    await buildPath(sandbox, path, { objects, load: scenario.load, fileOf: (namespace) => namespace })
    const live = { ...namespacesOf(sandbox), close: sandbox.close }
    for (const namespace of Object.keys(path.topology.namespaces)) await untilCarrier(live.run, namespace)
    return live
  } catch (error) {
    await sandbox.close()
    throw error
  }
}

/** All paths of a scenario that this kernel can have, up at once. */
export interface LiveScenario {
  /** By name, but for those that are skipped. */
  readonly paths: ReadonlyMap<string, Omit<LivePath, 'close'>>
  /** What the kernel lacks for the others, by name. */
  readonly skipped: ReadonlyMap<string, string>
  readonly close: () => Promise<void>
}

/** Builds them once. @throws BenchError about the first that cannot be built */
export async function bringUpAll(scenarioName: string, family: Family = 4): Promise<LiveScenario> {
  const scenario = loadScenario(findScenario(scenarioName), { family: `${family}` })
  const objects = await prepareScenario(scenario)
  const sandbox = await openSandbox()
  try {
    const unmet = await unmetNeeds(sandbox, scenario.paths.flatMap(needsOf))
    const lackOf = (path: ScenarioPath) => needsOf(path).flatMap((need) => unmet.get(need) ?? [])[0]
    const paths = scenario.paths.filter((path) => lackOf(path) === undefined)
    const { failures } = await buildPaths(sandbox, paths, { objects, load: scenario.load })
    for (const failure of failures.values()) throw failure
    return {
      paths: new Map(paths.map(({ name }) => [name, namespacesOf(sandbox, namespaceFileFor(name))])),
      skipped: new Map(
        scenario.paths.flatMap((path) => [[path.name, lackOf(path)] as const]).filter(isLacking),
      ),
      close: sandbox.close,
    }
  } catch (error) {
    await sandbox.close()
    throw error
  }
}

const isLacking = (entry: readonly [string, string | undefined]): entry is readonly [string, string] =>
  entry[1] !== undefined

function namespacesOf(
  sandbox: Sandbox,
  fileOf: NamespaceFile = (namespace) => namespace,
): Omit<LivePath, 'close'> {
  const enter: Sandbox['enter'] = (command, namespace) =>
    sandbox.enter(command, namespace === undefined ? undefined : fileOf(namespace))
  const run: LivePath['run'] = async (namespace, command) => {
    const [file, ...rest] = enter(command, namespace)
    return (await execa(file, rest)).stdout
  }
  const counters = async (namespace: string) =>
    parseCounters(await run(namespace, ['cat', '/proc/net/snmp', '/proc/net/snmp6', '/proc/net/dev']))
  return {
    enter,
    run,
    start: async (namespace, command, ready) => {
      const [file, ...rest] = enter(command, namespace)
      const { stdout } = spawn(file, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
      for await (const line of createInterface({ input: stdout })) if (line === ready) return
      throw new Error(`${command.join(' ')} ended before it said "${ready}"`)
    },
    device: async (namespace, name) => {
      const link = (await links(run, namespace)).find(({ ifname }) => ifname === name)
      if (link === undefined) throw new Error(`no device ${name} in ${namespace}`)
      return { ifindex: link.ifindex, mac: link.address }
    },
    counted: async (namespace, work) => {
      const before = await counters(namespace)
      await work()
      return countersBetween(before, await counters(namespace))
    },
  }
}

const links = async (run: LivePath['run'], namespace: string): Promise<Link[]> =>
  JSON.parse(await run(namespace, ['ip', '-j', 'link', 'show', 'type', 'veth'])) as Link[]

const carrierTries = 500

/** The carrier of a device comes a moment after its link is set up. */
async function untilCarrier(run: LivePath['run'], namespace: string): Promise<void> {
  for (let attempt = 0; attempt < carrierTries; attempt += 1) {
    if ((await links(run, namespace)).every(({ operstate }) => operstate === 'UP')) return
    await setTimeout(10)
  }
  throw new Error(`a device in ${namespace} has no carrier`)
}
