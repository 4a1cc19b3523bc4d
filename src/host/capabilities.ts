/** What a path may need of the kernel; `probe.ts` finds out whether it is there. */

export const capabilityNames = ['root', 'namespaces', 'veth', 'bpf', 'tc-bpf', 'btf', 'run-counts'] as const

export type CapabilityName = (typeof capabilityNames)[number]
