/** The two types of BPF programs that hooks take, and what their return codes do to a packet. */

/** As the loader and the generator know them (`bpfload/order.h`, `udpgen/`). */
export type ProgramTypeName = 'tc' | 'xdp'

export interface ReturnCode {
  readonly name: string
  /** What becomes of the packet: it goes on to what comes after the hook, ends there, or leaves another way. */
  readonly packet: 'passes' | 'ends' | 'leaves'
}

export interface ProgramType {
  readonly name: ProgramTypeName
  /** The program of this type in bpf/nop.bpf.c, which does nothing. */
  readonly nop: string
  /** By number, as the kernel returns it: unsigned. */
  readonly codes: Readonly<Record<number, ReturnCode>>
}

/** Codes of include/uapi/linux/pkt_cls.h; −1 as the unsigned number that it is. */
export const tcPrograms: ProgramType = {
  name: 'tc',
  nop: 'nop_tc',
  codes: {
    0: { name: 'TC_ACT_OK', packet: 'passes' },
    1: { name: 'TC_ACT_RECLASSIFY', packet: 'passes' },
    2: { name: 'TC_ACT_SHOT', packet: 'ends' },
    3: { name: 'TC_ACT_PIPE', packet: 'passes' },
    4: { name: 'TC_ACT_STOLEN', packet: 'ends' },
    7: { name: 'TC_ACT_REDIRECT', packet: 'leaves' },
    4294967295: { name: 'TC_ACT_UNSPEC', packet: 'passes' },
  },
}

/** Codes of enum xdp_action in include/uapi/linux/bpf.h. */
export const xdpPrograms: ProgramType = {
  name: 'xdp',
  nop: 'nop_xdp',
  codes: {
    0: { name: 'XDP_ABORTED', packet: 'ends' },
    1: { name: 'XDP_DROP', packet: 'ends' },
    2: { name: 'XDP_PASS', packet: 'passes' },
    3: { name: 'XDP_TX', packet: 'leaves' },
    4: { name: 'XDP_REDIRECT', packet: 'leaves' },
  },
}

export const programTypes: readonly ProgramType[] = [tcPrograms, xdpPrograms]
