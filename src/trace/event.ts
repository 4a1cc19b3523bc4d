/** What the kernel's probes saw of a packet, as `bpfload trace` tells it (bpfload/trace-events.c). */
import { z } from 'zod'

/** In the order of udpgen/protocol.h. */
const packetKinds = [
  ...(['none', 'flood', 'paced', 'request', 'reply'] as const),
  ...(['hello', 'welcome', 'question', 'answer'] as const),
] as const
export type PacketKind = (typeof packetKinds)[number]

/** A packet seen at a station. Times are CLOCK_MONOTONIC, ns. */
export interface TraceEvent {
  /** The tracepoint, or netfilter's hook (bpfload/trace-event.h). */
  readonly station: string
  readonly ns: number
  /** When the probe had done with it: the time from `ns` on is the probe's. */
  readonly endNs: number
  /** When its client called send: of a reply, its request's. */
  readonly sendNs: number
  /** Of a reply: when the server's receive call had returned its request. */
  readonly serverNs: number
  readonly trialId: number
  readonly sequence: number
  readonly kind: PacketKind
  readonly flow: number
  readonly cpu: number
  /** The number of its network namespace in /proc; 0 where it has none there, as in a socket's queue. */
  readonly namespaceInode: number
  /** The number of its device there; 0 where it has none. */
  readonly ifindex: number
  /** Of a packet that was dropped: why, as enum skb_drop_reason names it, and where, by the kernel's function. */
  readonly dropped?: DropEvent
  /** Of a packet that a program at a hook gets, or has had. */
  readonly program?: ProgramEvent
}

const text = z
  .string()
  .nullable()
  .transform((value) => value ?? undefined)
const count = z.number()

const programSchema = z.object({
  /** Its place among those that the tracer was told of. */
  program: count,
  /** What it returned, at its end. */
  returned: count.optional(),
  /** Where it redirects to: a device by its number, or what else its map has. */
  way: z.enum(['egress', 'ingress', 'peer', 'neighbour', 'cpu', 'socket', 'many']).optional(),
  target: count.optional(),
  /** Why that failed: an errno. */
  error: count.optional(),
})
export type ProgramEvent = z.infer<typeof programSchema>

const dropSchema = z.object({
  reason: text,
  symbol: text,
  /** Whether the packet's device was down then. */
  isDown: z.boolean().optional(),
})
type DropEvent = z.infer<typeof dropSchema>

const moreSchema = z.union([programSchema, dropSchema])
const place = [
  z.string(),
  count,
  count,
  count,
  count,
  count,
  count,
  count,
  count,
  count,
  count,
  count,
] as const
const eventSchema = z
  .union([z.tuple([...place]), z.tuple([...place, moreSchema])])
  .transform(
    ([
      station,
      ns,
      endNs,
      sendNs,
      serverNs,
      trialId,
      sequence,
      kind,
      flow,
      cpu,
      namespaceInode,
      ifindex,
      more,
    ]): TraceEvent => ({
      ...{ station, ns, endNs, sendNs, serverNs, trialId, sequence, flow, cpu, namespaceInode, ifindex },
      kind: packetKinds[kind] ?? 'none',
      ...(more === undefined ? {} : 'program' in more ? { program: more } : { dropped: more }),
    }),
  )

/** What `bpfload trace` answers. */
export const tracerAnswerSchema = z.union([
  /** Beside an error libbpf's warnings, the verifier's log among them. */
  z.object({ error: z.string(), messages: z.string().optional() }),
  z.object({
    stations: z.array(z.string()),
    missing: z.array(z.string()),
    namespaces: z.array(count),
    /** Programs at whose beginning and end nobody is let look, by their place in the order, and why. */
    refused: z.array(z.tuple([count, z.string()])),
  }),
  z.object({ attached: z.literal(true) }),
  z.object({ detached: z.literal(true) }),
  z.object({ events: z.array(eventSchema), lost: count }),
])
export type TracerAnswer = z.infer<typeof tracerAnswerSchema>
