/**
 * What a run needs of the machine. A path may name in `needs` what it needs beyond the others, and is
 * skipped where that is not there; the rest is needed by every run.
 */

/** Capabilities of the kernel, each as it is called in a scenario. */
export const capabilityNames = [
  'namespaces',
  'veth',
  'bpf',
  'tc-bpf',
  'run-counts',
  'xdp-generic',
  'xdp-native',
  'bridge',
  'nftables',
  'kernel-btf',
] as const

export type CapabilityName = (typeof capabilityNames)[number]
