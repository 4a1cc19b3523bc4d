/** Finds out what this kernel can, by doing it once in a sandbox. */
import { allOf } from '../host/all-of.ts'
import { builtProgram } from '../host/built.ts'
import { BenchError } from '../host/errors.ts'
import { OutOfProcesses } from '../host/process-room.ts'
import type { Call } from '../parts/call.ts'
import type { Need, TrialGround } from '../parts/needs/need.ts'
import { needs, needsOfLoad } from '../parts/needs/needs.ts'
import { trialOrder } from '../parts/needs/trial-order.ts'
import { fileIn, type Sandbox, sandboxFolders } from '../topology/sandbox.ts'
import { sinkProgram } from '../topology/sink-pins.ts'
import { loaderCommand, loadOrderText } from './loader.ts'
import type { InstanceOrder } from './load-order.ts'
import { nopOrder } from './nop.ts'
import { sinkOrder } from './sinks.ts'

const pinFolder = `${sandboxFolders.bpf}/probe`
const sinkFolder = `${pinFolder}/sink`

function groundIn(sandbox: Sandbox): TrialGround {
  const orderText = (order: InstanceOrder): string =>
    loadOrderText([{ ...order, object: fileIn(sandbox, order.object) }])
  return {
    loader: loaderCommand,
    generator: [builtProgram('udpgen')],
    orderOf: (type) => orderText(nopOrder(pinFolder, [type])),
    sink: {
      order: orderText(sinkOrder(sinkFolder)),
      folder: sinkFolder,
      pin: `${sinkFolder}/${sinkProgram}`,
    },
    cgroups: sandboxFolders.cgroups,
    nopOrder: orderText(nopOrder(pinFolder)),
    pinFolder,
    pinOf: ({ nop }) => `${pinFolder}/${nop}`,
  }
}

/** Needs that the kernel does not meet, by name, each with the reason in the words of the tool that was refused. */
export type UnmetNeeds = ReadonlyMap<string, string>

/**
 * Tries what every run needs, and what is `wanted` beside that, by name. Where paths lead over another host, that is tried
 * there, but for what load needs, which comes from this machine.
 *
 * @throws BenchError `machine` where processes cannot be started
 */
export async function unmetNeeds(sandbox: Sandbox, wanted: readonly string[]): Promise<UnmetNeeds> {
  const { parts } = sandbox
  if (parts === undefined) return await unmetAt(sandbox, wanted)
  const ofLoad = wanted.filter((name) => needsOfLoad.has(name))
  const ofPaths = wanted.filter((name) => !needsOfLoad.has(name))
  const [there, here] = await allOf([
    unmetAt(sandbox, ofPaths),
    ofLoad.length === 0 ? new Map<string, string>() : unmetAt(parts.local, ofLoad),
  ])
  return new Map([...there, ...[...here].filter(([name]) => ofLoad.includes(name))])
}

async function unmetAt(sandbox: Sandbox, wanted: readonly string[]): Promise<UnmetNeeds> {
  const tried = trialOrder(needs, wanted)
  const ground = groundIn(sandbox)
  const undoing = tried.toReversed().flatMap(({ undo }) => (undo === undefined ? [] : [undo(ground)]))
  // Most often all of it works, and costs one process.
  const all = [...tried.flatMap(({ trial }) => trial(ground)), ...undoing]
  if ((await refusal(sandbox, all)) === undefined) return new Map()
  await undoAll(sandbox, undoing)
  const unmet = await tryEach(sandbox, tried, ground)
  await undoAll(sandbox, undoing)
  return unmet
}

async function tryEach(sandbox: Sandbox, tried: readonly Need[], ground: TrialGround): Promise<UnmetNeeds> {
  const unmet = new Map<string, string>()
  for (const { name, buildsOn, trial } of tried) {
    // What is not there to build on is the reason, and not that the trial could not find it.
    const below = buildsOn.map((need) => unmet.get(need.name)).find((reason) => reason !== undefined)
    const reason = below ?? (await refusal(sandbox, trial(ground)))
    if (reason !== undefined) unmet.set(name, reason)
  }
  return unmet
}

/** Takes away what there is: not every trial made what it was to make. */
async function undoAll(sandbox: Sandbox, undoing: readonly Call[]): Promise<void> {
  for (const call of undoing) await refusal(sandbox, [call])
}

const probing = 'probe the kernel'

/** Why the first of the calls that was refused was, or undefined. */
async function refusal(sandbox: Sandbox, calls: readonly Call[]): Promise<string | undefined> {
  try {
    await sandbox.run(calls.map((call) => ({ ...call, what: probing })))
    return undefined
  } catch (error) {
    // Nothing is known of the kernel then.
    if (!(error instanceof BenchError) || error instanceof OutOfProcesses) throw error
    return error.message.replace(`Could not ${probing}: `, '')
  }
}
