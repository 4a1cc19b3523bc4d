/** What there is to say of a hook: a place in the kernel where a scenario attaches programs. */
import type { Call } from '../call.ts'
import type { Need } from '../needs/need.ts'
import type { ProgramType } from './program-types.ts'

export interface Hook {
  /** As a scenario calls it. */
  readonly name: string
  /** What programs meet there: completes `tc/ingress: …`. */
  readonly meets: string
  readonly type: ProgramType
  /** What the kernel must be able to do: a path that uses the hook is skipped where it is not. */
  readonly need: Need
  /** Whether packets come in there, so that those that a program lets pass go on to their namespace's stack. */
  readonly isIncoming: boolean
  /**
   * Whether it is in the device's driver, so that frames leave it by the driver's own queues: veth takes such frames
   * only where an XDP program is at the other end, too.
   */
  readonly isInDriver: boolean
  /** What of the kernel runs its programs: a function, and the file of its source that has it (Linux 6.18). */
  readonly runner: { readonly function: string; readonly file: string }
  /** Whether it is no device's, but of the sockets that the client opens: a cgroup has its programs, one per path. */
  readonly isOfSockets?: true
  /** The kind of link whose devices alone have it; undefined where every device does. */
  readonly linkKind?: string
  /** How a loaded program gets there. The device's end is its end, so nothing undoes it. */
  readonly attach: (attachment: Attachment) => Call
  /** How it gets there for a while, in namespaces that are there already. */
  readonly held: HeldByLink | HeldAsFilter
  /** How programs that others have put there are found. */
  readonly listings: (device: string) => readonly Listing[]
}

/** By a link, which the kernel takes away with the process that holds it, as BPF_LINK_CREATE of bpf(2) takes it. */
export interface HeldByLink {
  readonly by: 'link'
  /** Of enum bpf_attach_type. */
  readonly type: number
  readonly flags: number
}

/** As a filter of the device's clsact qdisc, which stays until it is taken away. */
export interface HeldAsFilter {
  readonly by: 'filter'
  readonly direction: 'ingress' | 'egress'
}

/** A call, and the ids of programs in what it writes; where it fails, there are none. */
export interface Listing {
  readonly call: Call
  readonly idsIn: (answer: string) => number[]
}

/** A program that is to be attached. */
export interface Attachment {
  /** Its name; of a hook of sockets the folder of their cgroup. */
  readonly device: string
  /** Where the loaded program is pinned. */
  readonly pin: string
  /** Where its link may be pinned. */
  readonly linkPin: string
  /** Its place among the programs of its hook, from 1. */
  readonly order: number
}
