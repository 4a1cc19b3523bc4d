/** The program that makes and sends the frames of floods, bpf/live-frames.bpf.c. */
import { builtObject } from '../host/built.ts'
import { BenchError } from '../host/errors.ts'
import { type Sandbox, sandboxFolders } from '../topology/sandbox.ts'
import type { InstanceOrder } from './load-order.ts'
import { loadInstances } from './loader.ts'

// No path has a name with capitals.
const folder = `${sandboxFolders.bpf}/LIVE-FRAMES`
const program = 'live_frame'

/** Where it and its map are pinned. */
export const liveFramePins = { program: `${folder}/${program}`, map: `${folder}/maps/live_floods` } as const

/** The order that loads it. */
export const liveFramesOrder = (): InstanceOrder => ({
  object: builtObject('live-frames.bpf.o'),
  namespace: null,
  programPins: folder,
  mapPins: `${folder}/maps`,
  pinRoot: `${folder}/by-name`,
  programs: [{ name: program, type: 'xdp' }],
  constants: [],
  entries: [],
  sharedMaps: [],
  mapSizes: {},
  background: {},
})

/** Sandboxes in which it is loaded: runs of a sweep share theirs. */
const loadedIn = new WeakSet<Sandbox>()

/** Loads it once. @throws BenchError `failed` if the kernel refuses it */
export async function loadLiveFrames(sandbox: Sandbox): Promise<void> {
  if (loadedIn.has(sandbox)) return
  const [answer] = await loadInstances(sandbox, [liveFramesOrder()])
  if (answer?.state !== 'loaded')
    throw new BenchError(`Could not load the program of engine xdp: ${answer?.error ?? 'no answer'}`, {
      trouble: 'failed',
      details: answer?.messages ?? '',
    })
  loadedIn.add(sandbox)
}
