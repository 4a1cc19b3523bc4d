import type { Need } from './need.ts'

const look = `[ -r /sys/kernel/btf/vmlinux ] || { echo 'there is no /sys/kernel/btf/vmlinux' >&2; exit 1; }`

export const kernelBtf: Need = {
  name: 'kernel-btf',
  why: "programs that read the kernel's own structures (CO-RE)",
  remedy: 'a kernel with CONFIG_DEBUG_INFO_BTF',
  isAlways: false,
  buildsOn: [],
  trial: () => [{ command: ['sh', '-c', look] }],
}
