/** What a sink is: where the packets of a flood are taken and counted. All there is to say of it, but for its file in udpgen/. */
import type { Need } from '../needs/need.ts'

export interface Sink {
  /** As scenario files, records and the generator call it. */
  readonly name: string
  /** Where it takes packets, for the scenario's reference. */
  readonly words: string
  /** How it works, where a report tells of its trials: follows "Packets were taken". */
  readonly method: string
  /** What of the kernel it wants, and how that is tried; nothing where every run has it. */
  readonly need?: Need
  /** Whether packets end at the server's device, so that no counter, rule or hook above it sees them (bpf/sink.bpf.c). */
  readonly isBelowStack: boolean
}
