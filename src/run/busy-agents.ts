/**
 * Commands of paths that keep a CPU of the load's busy while nothing is sent, as a forwarder does that polls: whatever is
 * measured beside them has less of that CPU.
 */
import { setTimeout } from 'node:timers/promises'
import { readIfThere } from '../host/kernel-file.ts'
import { pidNamespaceOf } from '../host/process-state.ts'
import { type ThreadTime, threadsOf } from '../host/threads.ts'
import { hasOwnCommands } from '../scenario/commands.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { type Sandbox, sandboxFolders } from '../topology/sandbox.ts'

export interface BusyAgent {
  readonly path: string
  readonly cpu: number
  /** Of that CPU's time, 0..1, be it that others had some of it meanwhile. */
  readonly share: number
}

/** Long beside what a timer, or what is left to do after the last packet, takes. */
const lookMs = 100
/** What takes less leaves most of the CPU to others. */
const leastShare = 0.5

/**
 * To be called while nothing is sent. Who is busy is looked at a second time.
 *
 * @param cpus those of the load
 */
export async function busyAgents(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  cpus: readonly number[],
): Promise<BusyAgent[]> {
  const own = paths.filter(hasOwnCommands).map(({ name }) => name)
  const first = await lookAt(sandbox, own, cpus)
  if (first.length === 0) return []
  return await lookAt(
    sandbox,
    first.map(({ path }) => path),
    cpus,
  )
}

async function lookAt(
  sandbox: Sandbox,
  paths: readonly string[],
  cpus: readonly number[],
): Promise<BusyAgent[]> {
  if (paths.length === 0) return []
  const read = () => paths.map((path) => threadsOfPath(sandbox.at(path), path))
  const before = read()
  const beganMs = performance.now()
  await setTimeout(lookMs)
  const after = read()
  const passedNs = (performance.now() - beganMs) * 1e6
  return paths.flatMap((path, index) => {
    const busiest = busiestOf(before[index] ?? new Map(), after[index] ?? new Map(), cpus)
    const share = Math.min(1, busiest.busyNs / passedNs)
    return share < leastShare ? [] : [{ path, cpu: busiest.cpu, share }]
  })
}

/** The thread on one of `cpus` that was busy longest between two looks. */
function busiestOf(
  before: ReadonlyMap<string, ThreadTime>,
  after: ReadonlyMap<string, ThreadTime>,
  cpus: readonly number[],
): ThreadTime {
  const ran = [...after].flatMap(([thread, { busyNs, cpu }]) => {
    const since = before.get(thread)
    return since === undefined || !cpus.includes(cpu) ? [] : [{ busyNs: busyNs - since.busyNs, cpu }]
  })
  return ran.reduce((most, one) => (one.busyNs > most.busyNs ? one : most), { busyNs: 0, cpu: -1 })
}

/** What a path's commands have started: all in a PID namespace of their own (sandbox/commands.sh). */
function threadsOfPath({ firstProcess }: Sandbox, path: string): Map<string, ThreadTime> {
  const root = `/proc/${firstProcess}/root`
  const first = readIfThere(`${root}${sandboxFolders.commands}/${path}/number`)
  if (first === '') return new Map()
  return threadsOf(`${root}/proc`, pidNamespaceOf(`${root}/proc/${first}`))
}
