/**
 * Whether a test-run of a program takes the way through it that live packets take: only then does what it
 * costs tell anything. Pure.
 */
import type { Counters } from '../parts/proofs/proof.ts'
import type { LoadedProgram } from '../datapath/loader.ts'
import type { SeenActions } from '../datapath/watch.ts'
import type { Program } from '../scenario/schema.ts'

type Hook = Program['hook']
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

/** Codes that end a packet, and those that leave it to what comes after the hook. */
const ending: Readonly<Record<HookKind, readonly number[]>> = { tc: [2, 4], xdp: [0, 1] }
const passing: Readonly<Record<HookKind, readonly number[]>> = { tc: [0, 1, 3, 4294967295], xdp: [2] }

/** What is known of a program from its live packets. */
export interface LiveEvidence {
  /** What it returned to them, where the kernel lets that be seen. */
  readonly seen: SeenActions | undefined
  /** The share of the packets at its hook that came to its namespace's stack; undefined where nothing tells. */
  readonly stackShare: number | undefined
  readonly maps: LoadedProgram['maps']
}

/**
 * Why the figure of a test-run is none of a live packet's, or undefined if nothing speaks against it.
 *
 * @param action what the test-run returned
 * @param live what is known from live packets, of which those like the sample are the most
 */
export function otherBranch(
  hook: Hook,
  action: number,
  { seen, stackShare, maps }: LiveEvidence,
): string | undefined {
  const kind = hook.startsWith('xdp/') ? 'xdp' : 'tc'
  const events = maps.find(({ type }) => eventMaps.has(type))
  if (events !== undefined)
    return `it writes events into map "${events.name}", which nobody empties: once that is full, a run takes another way through the program`
  const returns = `a test-run of it returns ${named(kind, action)}`
  if (ending[kind].includes(action)) return `${returns}, which ends the packet, and its live packets arrive`
  if (seen === undefined || 'failure' in seen)
    return hook === 'tc/egress' ? undefined : otherFate(returns, passing[kind].includes(action), stackShare)
  const [usual] = seen.actions.toSorted(([, a], [, b]) => b - a)
  if (usual === undefined) return 'no live packet met it while the path was probed'
  if (usual[0] === action) return undefined
  return `${returns}, and to live packets it returns ${named(kind, usual[0])}: that is another way through the program`
}

/** Shares between these tell nothing: the hook has packets of several kinds. */
const [low, high] = [0.25, 0.75]

/** The same from where packets went, on a kernel that does not let programs be watched. */
function otherFate(returns: string, passes: boolean, stackShare: number | undefined): string | undefined {
  if (stackShare === undefined || (stackShare > low && stackShare < high))
    return `${returns}, and what it returns to live packets cannot be told`
  if (passes === stackShare > 0.5) return undefined
  const share = `${Math.round(100 * Math.max(0, Math.min(1, stackShare)))} %`
  return `${returns}, which ${passes ? 'leaves' : 'takes'} the packet ${passes ? 'to' : 'from'} the stack, where ${share} of its live packets came: that is another way through the program`
}

/**
 * Which share of the packets that came in by devices with programs got to the stack behind them.
 *
 * @param counted what the namespace's kernel counted while live packets went
 * @param devices its devices with a program at ingress
 */
export function stackShareOf(counted: Counters, devices: ReadonlySet<string>): number | undefined {
  const received = [...counted].flatMap(([name, packets]) => {
    const device = /^(.+)\.rxPackets$/.exec(name)?.[1]
    return device === undefined || device === 'lo' ? [] : [{ device, packets }]
  })
  const sum = (isMeant: (device: string) => boolean): number =>
    received.filter(({ device }) => isMeant(device)).reduce((total, { packets }) => total + packets, 0)
  const met = sum((device) => devices.has(device))
  const toStack = counted.get('Ip.InReceives')
  if (met === 0 || toStack === undefined) return undefined
  return (toStack - sum((device) => !devices.has(device))) / met
}
