/** What the sink of a scenario's floods asks of its paths. Pure. */
import { hookNamed } from '../parts/hooks/hooks.ts'
import type { LoadTrial } from '../parts/loads/loads.ts'
import { countersOfRules } from '../parts/proofs/claims.ts'
import { defaultSink, sinkNamed } from '../parts/sinks/sinks.ts'
import type { Sink } from '../parts/sinks/sink.ts'
import { enginesOf, nameWith } from './engines.ts'
import { hookedPrograms, type Scenario, type ScenarioPath } from './scenario.ts'

/** The sinks of a load's floods. */
export const sinksOf = (load: readonly LoadTrial[]): Sink[] =>
  load.flatMap((trial) => ('sink' in trial ? [sinkNamed(trial.sink)] : []))

/** The name of a scenario whose floods go to a sink: as engines, sinks are told apart by it wherever runs are kept. */
export function nameBySink(name: string, load: readonly LoadTrial[]): string {
  const other = sinksOf(load).find((sink) => sink.name !== defaultSink)
  return nameWith(name, other && `sink-${other.name}`)
}

/** Names of what the sinks need of the kernel. */
export const needsOfSinks = (load: readonly LoadTrial[]): string[] =>
  sinksOf(load).flatMap(({ need }) => (need === undefined ? [] : [need.name]))

/** Whether floods are taken before the servers' stack. */
export const hasSinkBelowStack = (load: readonly LoadTrial[]): boolean =>
  sinksOf(load).some(({ isBelowStack }) => isBelowStack)

/** The same load, its floods taken by sockets. */
export const withSockets = (load: readonly LoadTrial[]): LoadTrial[] =>
  load.map((trial) => ('sink' in trial ? { ...trial, sink: defaultSink } : trial))

/** Why a path cannot be measured with the scenario's sink, in words; undefined where it can. */
export function sinkObstacle(
  path: ScenarioPath,
  { load, place }: Pick<Scenario, 'load' | 'place'>,
): string | undefined {
  const sink = sinksOf(load).find(({ isBelowStack }) => isBelowStack)
  if (sink === undefined) return undefined
  const by = `sink ${sink.name} takes packets before the server's stack`
  if (place !== 'sandbox') return `${by}, at devices of namespaces that pathbench made alone`
  const merging = enginesOf(load).find(({ mergedMost }) => mergedMost > 1)
  if (merging !== undefined) return `${by}, where those of engine ${merging.name} are still merged`
  const servers = new Set(path.servers.map(({ namespace }) => namespace))
  const passed = hookedPrograms(path).find(
    ({ namespace, hook }) => servers.has(namespace) && hookNamed(hook).isIncoming,
  )
  if (passed !== undefined)
    return `${by}, and ${passed.program} is at ${passed.hook} of ${passed.device} there`
  const counter = countersOfRules(path.proof).find(
    ({ namespace, name }) => servers.has(namespace) && name?.of === 'nftables',
  )
  return counter === undefined
    ? undefined
    : `${by}, and its proof counts ${counter.namespace}/${counter.text}, which has none of these packets`
}
