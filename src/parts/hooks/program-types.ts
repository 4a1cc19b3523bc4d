/** The types of BPF programs that hooks take, and what their return codes do to a packet. */

/** As the loader and the generator know them (`bpfload/order.h`, `udpgen/`). */
export type ProgramTypeName = 'tc' | 'xdp' | 'socket'

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

/**
 * TC programs where links attach them. What has no name there lets the packet go on to the next program, as TCX_NEXT
 * does (tcx_action_code() in include/net/tcx.h).
 */
export const tcxPrograms: ProgramType = {
  ...tcPrograms,
  codes: {
    0: { name: 'TCX_PASS', packet: 'passes' },
    1: { name: 'TC_ACT_RECLASSIFY', packet: 'passes' },
    2: { name: 'TCX_DROP', packet: 'ends' },
    3: { name: 'TC_ACT_PIPE', packet: 'passes' },
    4: { name: 'TC_ACT_STOLEN', packet: 'passes' },
    7: { name: 'TCX_REDIRECT', packet: 'leaves' },
    4294967295: { name: 'TCX_NEXT', packet: 'passes' },
  },
}

/** Codes of enum netkit_action; a packet with any other ends (netkit_xmit() in drivers/net/netkit.c). */
export const netkitPrograms: ProgramType = {
  ...tcPrograms,
  codes: {
    0: { name: 'NETKIT_PASS', packet: 'passes' },
    2: { name: 'NETKIT_DROP', packet: 'ends' },
    7: { name: 'NETKIT_REDIRECT', packet: 'leaves' },
    4294967295: { name: 'NETKIT_NEXT', packet: 'passes' },
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

/** At cgroups, where a socket calls an address, or is told one (BPF_PROG_TYPE_CGROUP_SOCK_ADDR). */
export const socketPrograms: ProgramType = {
  name: 'socket',
  nop: 'nop_connect4',
  codes: {
    0: { name: 'refused', packet: 'ends' },
    1: { name: 'allowed', packet: 'passes' },
  },
}

/** One of each name, of those that see packets. */
export const programTypes: readonly ProgramType[] = [tcPrograms, xdpPrograms]
