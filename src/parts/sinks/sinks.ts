/** The catalogue of sinks: where the packets of a flood are taken and counted. */
import { byName } from '../by-name.ts'

export interface Sink {
  /** As scenario files, records and the generator call it. */
  readonly name: string
  /** Where it takes packets, for the scenario's reference. */
  readonly words: string
  /** How it works, where a report tells of its trials: follows "Packets were taken". */
  readonly method: string
  /** Whether packets end at the server's device, so that no counter, rule or hook above it sees them (bpf/sink.bpf.c). */
  readonly isBelowStack: boolean
}

const parts = [
  {
    name: 'socket',
    words: "from the server's socket",
    method: "from the server's sockets",
    isBelowStack: false,
  },
  {
    name: 'xdp',
    words:
      "whole frames, by an XDP program at every device of the server, before its stack, where the server's socket is the limit (kernel 5.18); not with engine gso",
    method:
      "by an XDP program at the server's devices, before its stack, and looked at as the stack would: what the server's own counters of IP and UDP lack for it, the proof adds",
    isBelowStack: true,
  },
] as const satisfies readonly Sink[]

export type SinkName = (typeof parts)[number]['name']

export const sinks: readonly Sink[] = parts
export const sinkNames = parts.map(({ name }) => name) as [SinkName, ...SinkName[]]
export const defaultSink: SinkName = 'socket'

/** The sink called `name`: once its file is read, there is one. */
export const sinkNamed = byName(sinks, ({ name }) => name, 'sink')

/** The sink of a trial; records of earlier versions do not say, and had sockets. */
export const sinkOf = ({ sink = defaultSink }: { readonly sink?: string | undefined }): string => sink
