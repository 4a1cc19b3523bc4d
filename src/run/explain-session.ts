/** A few packets traced over one path, to see where they end. */
import { endingsOf, type Ending } from '../trace/endings.ts'
import { packetsOf } from '../trace/packets.ts'
import { type Way, wayOf } from '../trace/way.ts'
import { type SessionTraces, traceScenario, type TraceSessionInput } from './trace-session.ts'

export interface Explained {
  readonly path: string
  readonly sent: number
  readonly answered: number
  /** Why the kernel took no packet, where it did not. */
  readonly refusal: string | undefined
  readonly endings: readonly Ending[]
  /** As far as most requests came, and most replies. */
  readonly there: Way | undefined
  readonly back: Way | undefined
  readonly missing: readonly string[]
}

/** The generator gives up after three without an answer. */
const few = { load: 'pingpong', packets: 16, leadPackets: 0, timeoutNs: 40e6, isCalibrated: false } as const

/** @throws BenchError where the path cannot be brought up, or the kernel does not let packets be traced */
export async function tracedEndings(
  input: Pick<TraceSessionInput, 'scenario' | 'waiting' | 'payloadBytes'>,
): Promise<Explained | undefined> {
  return explained(await traceScenario({ ...input, ...few, triesMax: 5 }))
}

export function explained({ paths, missing }: SessionTraces): Explained | undefined {
  const [trace] = paths
  if (trace === undefined) return undefined
  const { path, events, places, sent, answered, refusal } = trace
  const packets = packetsOf(events, places, few.leadPackets)
  const wayOfKind = (wanted: string) => wayOf(packets.filter(({ kind }) => kind === wanted))
  return {
    ...{ path: path.name, sent, answered, refusal, missing },
    endings: endingsOf(packets, path),
    there: wayOfKind('request'),
    back: wayOfKind('reply'),
  }
}
