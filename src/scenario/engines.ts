/** What the engine of a scenario's floods asks of its paths, and makes of its name. Pure. */
import { defaultEngine, engineNamed } from '../parts/engines/engines.ts'
import type { Engine } from '../parts/engines/engine.ts'
import { hookNamed } from '../parts/hooks/hooks.ts'
import { defaultLinkKind } from '../parts/links/links.ts'
import type { LoadTrial } from '../parts/loads/loads.ts'
import { countersOfRules } from '../parts/proofs/claims.ts'
import { hookedPrograms, type Scenario, type ScenarioPath } from './scenario.ts'
import type { Link, Topology } from './schema.ts'

/** The engines of a load's floods. */
export const enginesOf = (load: readonly LoadTrial[]): Engine[] =>
  load.flatMap((trial) => ('engine' in trial ? [engineNamed(trial.engine)] : []))

/**
 * The name of a scenario that is measured by an engine: runs of two engines have two names, so that no store, baseline,
 * gate, trend or export mixes them.
 */
export const nameByEngine = (name: string, load: readonly LoadTrial[]): string =>
  nameWith(name, enginesOf(load).find((engine) => engine.name !== defaultEngine)?.name)

/** A name with a word behind it, where there is one. */
export const nameWith = (name: string, word: string | undefined): string =>
  word === undefined || name.endsWith(`-${word}`) ? name : `${name}-${word}`

/** Names of what the engines need of the kernel. */
export const needsOfEngines = (load: readonly LoadTrial[]): string[] =>
  enginesOf(load).flatMap(({ need }) => (need === undefined ? [] : [need.name]))

/** A topology as engines want it: what a pair's end in the client's namespace is paired with polls, unless the file says otherwise. */
export function topologyByEngine(topology: Topology, client: string, load: readonly LoadTrial[]): Topology {
  if (!enginesOf(load).some(({ wantsPollingPeer }) => wantsPollingPeer)) return topology
  return {
    ...topology,
    links: Object.fromEntries(
      Object.entries(topology.links).map(([name, link]) => [name, withPollingPeer(link, client)]),
    ),
  }
}

function withPollingPeer(link: Link, client: string): Link {
  const [one, other] = link.ends
  if (link.kind !== defaultLinkKind || other === undefined) return link
  const polling = (end: typeof one, peer: typeof one) =>
    peer.namespace === client ? { ...end, offload: { gro: true, ...end.offload } } : end
  return { ...link, ends: [polling(one, other), polling(other, one)] }
}

/** Whether packets meet a hook before their device sends them: that of a device's own transmit call they meet in any case. */
function isAboveDevice(hook: string): boolean {
  const { isIncoming, linkKind } = hookNamed(hook)
  return !isIncoming && linkKind === undefined
}

/** Why a path cannot be measured by the scenario's engine, in words; undefined where it can. */
export function engineObstacle(
  path: ScenarioPath,
  { client: { namespace }, load }: Pick<Scenario, 'client' | 'load'>,
): string | undefined {
  const engine = enginesOf(load).find(({ isPastStack }) => isPastStack)
  if (engine === undefined) return undefined
  const by = `engine ${engine.name} sends past the client's stack`
  const passed = hookedPrograms(path).find(
    (program) => program.namespace === namespace && isAboveDevice(program.hook),
  )
  if (passed !== undefined)
    return `${by}, and ${passed.program} is at ${passed.hook} of ${passed.device} there`
  const counter = countersOfRules(path.proof).find(
    (one) => one.namespace === namespace && ['protocol', 'nftables'].includes(one.name?.of ?? ''),
  )
  return counter === undefined
    ? undefined
    : `${by}, and its proof counts ${namespace}/${counter.text}, which has none of these packets`
}
