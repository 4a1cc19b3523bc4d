/** The program that makes and sends the frames of floods, bpf/live-frames.bpf.c. */
import { sandboxFolders } from '../topology/sandbox.ts'
import type { InstanceOrder } from './load-order.ts'
import { ownOrder } from './own-programs.ts'

// No path has a name with capitals.
const folder = `${sandboxFolders.bpf}/LIVE-FRAMES`
const program = 'live_frame'

/** Where it and its map are pinned. */
export const liveFramePins = { program: `${folder}/${program}`, map: `${folder}/maps/live_floods` } as const

/** The order that loads it. */
export const liveFramesOrder = (): InstanceOrder =>
  ownOrder('live-frames.bpf.o', folder, [{ name: program, type: 'xdp' }])
