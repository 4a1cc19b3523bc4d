/**
 * Whether a test-run of a program takes the way through it that live packets take: only then does what it
 * costs tell anything. Pure.
 */
import type { Counters } from '../parts/proofs/proof.ts'
import type { LoadedProgram } from '../datapath/loader.ts'
import type { SeenActions } from '../datapath/watch.ts'
import { hookNamed } from '../parts/hooks/hooks.ts'
import type { ProgramType } from '../parts/hooks/program-types.ts'

const named = ({ codes }: ProgramType, action: number): string => codes[action]?.name ?? `code ${action}`

/** Maps that a program writes its events into, for another to read (enum bpf_map_type): perf buffers, ring buffers. */
const eventMaps: ReadonlySet<number> = new Set([4, 27])

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
  hook: string,
  action: number,
  { seen, stackShare, maps }: LiveEvidence,
): string | undefined {
  const { type, isIncoming } = hookNamed(hook)
  const packet = type.codes[action]?.packet
  const events = maps.find((map) => eventMaps.has(map.type))
  if (events !== undefined)
    return `it writes events into map "${events.name}", which nobody empties: once that is full, a run takes another way through the program`
  const returns = `a test-run of it returns ${named(type, action)}`
  if (packet === 'ends') return `${returns}, which ends the packet, and its live packets arrive`
  if (seen === undefined || 'failure' in seen)
    return isIncoming ? otherFate(returns, packet === 'passes', stackShare) : undefined
  const [usual] = seen.actions.toSorted(([, a], [, b]) => b - a)
  if (usual === undefined) return 'no live packet met it while the path was probed'
  if (usual[0] === action) return undefined
  return `${returns}, and to live packets it returns ${named(type, usual[0])}: that is another way through the program`
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
  const ipv4 = counted.get('Ip.InReceives')
  if (met === 0 || ipv4 === undefined) return undefined
  // A kernel without IPv6 has no such counter.
  const toStack = ipv4 + (counted.get('Ip6.InReceives') ?? 0)
  return (toStack - sum((device) => !devices.has(device))) / met
}
