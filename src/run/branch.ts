/**
 * Whether a test-run of a program takes the way through it that live packets take: only then does what it
 * costs tell anything. Pure.
 */
import type { LoadedProgram } from '../datapath/loader.ts'
import type { SeenActions } from '../datapath/watch.ts'

type HookKind = 'tc' | 'xdp'

/** Return codes, as include/uapi/linux/pkt_cls.h and bpf.h have them; −1 as the unsigned number that it is. */
const names: Readonly<Record<HookKind, Readonly<Record<number, string>>>> = {
  tc: {
    0: 'TC_ACT_OK',
    1: 'TC_ACT_RECLASSIFY',
    2: 'TC_ACT_SHOT',
    3: 'TC_ACT_PIPE',
    4: 'TC_ACT_STOLEN',
    7: 'TC_ACT_REDIRECT',
    4294967295: 'TC_ACT_UNSPEC',
  },
  xdp: { 0: 'XDP_ABORTED', 1: 'XDP_DROP', 2: 'XDP_PASS', 3: 'XDP_TX', 4: 'XDP_REDIRECT' },
}

const named = (kind: HookKind, action: number): string => names[kind][action] ?? `code ${action}`

/** Maps that a program writes its events into, for another to read (enum bpf_map_type): perf buffers, ring buffers. */
const eventMaps: ReadonlySet<number> = new Set([4, 27])

/**
 * Why the figure of a test-run is none of a live packet's, or undefined if nothing speaks against it.
 *
 * @param action what the test-run returned
 * @param seen what the program returned to live packets, of which those like the sample are the most
 */
export function otherBranch(
  kind: HookKind,
  action: number,
  seen: SeenActions | undefined,
  maps: LoadedProgram['maps'],
): string | undefined {
  const events = maps.find(({ type }) => eventMaps.has(type))
  if (events !== undefined)
    return `it writes events into map "${events.name}", which nobody empties: once that is full, a run takes another way through the program`
  if (seen === undefined) return 'what it returns to live packets was not seen'
  if ('failure' in seen) return `what it returns to live packets cannot be seen: ${seen.failure}`
  const [usual] = seen.actions.toSorted(([, a], [, b]) => b - a)
  if (usual === undefined) return 'no live packet met it while the path was probed'
  if (usual[0] === action) return undefined
  return `a test-run of it returns ${named(kind, action)}, and to live packets it returns ${named(kind, usual[0])}: that is another way through the program`
}
