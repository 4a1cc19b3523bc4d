/** What an engine is: how the packets of a flood are handed to the kernel. All there is to say of it, but for its file in udpgen/. */
import type { Need } from '../needs/need.ts'

export interface Engine {
  /** As scenario files, records and the generator call it. */
  readonly name: string
  /** What it does with packets, for the scenario's reference. */
  readonly words: string
  /** How it works, where a report tells of its trials: follows "Packets were sent". */
  readonly method: string
  /** What of the kernel it wants, and how that is tried; nothing where every run has it. */
  readonly need?: Need
  /** Packets that the kernel may carry and count as one; 1 where it counts each. */
  readonly mergedMost: number
  /** By how much it is faster than sockets, roughly: so many more packets `--engine` has trials send, that they last as long. */
  readonly moreByRoughly: number
  /** Whether packets begin at the client's device, so that no counter, rule or hook above it sees them. */
  readonly isPastStack: boolean
  /** Whether a program of the generator's in the kernel sends (bpf/live-frames.bpf.c). */
  readonly hasProgram: boolean
  /** Whether the veth device that the client's is paired with has to poll, by generic receive offload. */
  readonly wantsPollingPeer: boolean
}
