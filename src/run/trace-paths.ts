/** Follows packets over paths that are up, in trials that count for nothing. */
import { basename } from 'node:path'
import { pinnedPrograms } from '../datapath/instances.ts'
import { type Probes, startTracer, type Tracer } from '../datapath/tracer.ts'
import { hookedPrograms, type ScenarioPath } from '../scenario/scenario.ts'
import type { LiveDevices } from '../topology/apply.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import type { PathPlaces } from '../trace/packets.ts'
import { LiveTrace, type PathTrace, type TraceOrder, type TraceTools } from './live-trace.ts'

/** A path that is up. */
export interface LivePath {
  readonly path: ScenarioPath
  readonly fileOf: NamespaceFile
  readonly devices: LiveDevices
}

export interface Traces {
  readonly paths: readonly PathTrace[]
  /** Events that found no room. */
  readonly lost: number
  /** Probes that this kernel does not have. */
  readonly missing: readonly string[]
}

/** Requests in a trial: those with different probes take turns so often that all meet the same machine. */
const trialPackets = 200
/** More than any way has that was seen, there and back; bridges that flood make copies. */
const eventsPerPacket = 400

/** @throws BenchError `machine` where this kernel does not let packets be traced */
export async function tracePaths(
  tools: TraceTools,
  live: readonly LivePath[],
  order: TraceOrder,
): Promise<Traces> {
  const { sandbox } = tools
  const files = live.flatMap(({ path, fileOf }) => Object.keys(path.topology.namespaces).map(fileOf))
  const perTrial = Math.min(order.packets, trialPackets) + order.leadPackets
  const pins = [...new Set(live.flatMap(({ path }) => pinnedPrograms(path)))]
  const tracer = await startTracer(sandbox, files, pins, perTrial * eventsPerPacket)
  try {
    const traces = live.map(
      (one) => new LiveTrace(tools, one.path, placesOf(one, { files, pins }, tracer, tools.scenario)),
    )
    if (order.isCalibrated) for (const trace of traces) await trace.greet(order)
    const lost = await takeTurns(traces, tracer, order)
    for (const trace of traces) await trace.end(order)
    return { paths: traces, lost, missing: [...tracer.missing, ...refusedWords(tracer, pins)] }
  } finally {
    await tracer.end()
  }
}

/** Trials with one set of probes after the other, over all paths that deliver. @returns how many events found no room */
async function takeTurns(traces: readonly LiveTrace[], tracer: Tracer, order: TraceOrder): Promise<number> {
  const sets = probeSets(tracer, order)
  let lost = 0
  for (let turn = 0; turn * trialPackets < order.packets; turn += 1) {
    const packets = Math.min(order.packets - turn * trialPackets, trialPackets)
    // Which comes first changes, so that no drift is one set's.
    for (const index of sets.keys()) {
      const probes = sets[(turn + index) % sets.length]!
      if (probes !== 'none') await tracer.attach(probes)
      for (const trace of traces.filter(({ fault }) => !order.isCalibrated || fault === undefined)) {
        if (probes === 'all') lost = Math.max(lost, await trace.follow(turn, packets, order, tracer))
        else await trace.time(turn, probes, packets, order)
      }
      if (probes !== 'none') await tracer.detach()
    }
  }
  return lost
}

/** What calibrates: all probes but those of system calls, and these alone, where this kernel has both. */
function probeSets({ stations }: Tracer, { isCalibrated }: TraceOrder): readonly (Probes | 'none')[] {
  if (!isCalibrated) return ['all']
  return stations.includes('sys_enter') ? ['none', 'calls', 'rest', 'all'] : ['none', 'all']
}

function placesOf(
  { path, fileOf, devices }: LivePath,
  { files, pins }: { readonly files: readonly string[]; readonly pins: readonly string[] },
  { inodes }: Tracer,
  { client }: TraceTools['scenario'],
): PathPlaces {
  const namespaces = Object.keys(path.topology.namespaces).map((name) => {
    const inode = inodes[files.indexOf(fileOf(name))] ?? 0
    const named = [...(devices.get(name) ?? [])].map(([device, { ifindex }]) => [ifindex, device] as const)
    return [inode, { name, devices: new Map(named) }] as const
  })
  const own = pinnedPrograms(path)
  const hooked = Map.groupBy(
    hookedPrograms(path).map((program, index) => [pins.indexOf(own[index] ?? ''), program] as const),
    ([number]) => number,
  )
  const programs = new Map([...hooked].map(([number, all]) => [number, all.map(([, program]) => program)]))
  return { client: client.namespace, namespaces: new Map(namespaces), programs }
}

/** What nobody is let look at, and why. */
const refusedWords = ({ refused }: Tracer, pins: readonly string[]): string[] => {
  const names = [...refused].map(
    ([number, why]) => `the beginning and end of program ${basename(pins[number] ?? '')}: ${why}`,
  )
  return [...new Set(names)]
}
