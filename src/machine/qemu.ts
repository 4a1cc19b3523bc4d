/** The command that starts a virtual machine. Pure. */
import type { Command } from '../host/tool.ts'

/** How a machine's processors are made: by the host's own, or by a program, whose timings mean nothing. */
export type Accelerator = 'kvm' | 'tcg'

export interface MachineOrder {
  readonly image: string
  readonly initramfs: string
  readonly accelerator: Accelerator
  readonly cpuCount: number
  /** Words for the first process: where the runner of steps listens, and its file. */
  readonly agentWords: readonly string[]
}

export const qemu = 'qemu-system-x86_64'

/** Enough for what a scenario builds, and for the archive that the machine is unpacked from. */
export const memoryMiB = 448

// By emulation mitigations cost several times what they do elsewhere, and tell nothing; and so does a console that talks.
const kernelWords = ({ accelerator, agentWords }: MachineOrder): string =>
  [
    'console=ttyS0 panic=-1 random.trust_cpu=on',
    ...(accelerator === 'tcg' ? ['loglevel=4', 'mitigations=off', 'tsc=reliable', 'nokaslr'] : []),
    'rdinit=/init --',
    ...agentWords,
  ].join(' ')

/** No disk, no network: a console, and one port, which is its file 3 (machine/host.c). */
export const qemuCommand = (order: MachineOrder): Command => [
  qemu,
  ...['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-monitor', 'none'],
  ...['-name', 'pathbench,debug-threads=on'],
  ...['-accel', order.accelerator === 'kvm' ? 'kvm' : 'tcg,thread=multi'],
  ...['-cpu', order.accelerator === 'kvm' ? 'host' : 'max'],
  ...['-smp', String(order.cpuCount), '-m', String(memoryMiB)],
  ...['-serial', 'stdio'],
  ...['-chardev', 'socket,id=port,fd=3', '-device', 'virtio-serial'],
  ...['-device', 'virtserialport,chardev=port,name=pathbench'],
  ...['-kernel', order.image, '-initrd', order.initramfs, '-append', kernelWords(order)],
]

/** The number of the virtual CPU that a thread of QEMU is, by its name: `CPU 0/KVM`. */
export function virtualCpuOf(threadName: string): number | undefined {
  const number = /^CPU (\d+)\//.exec(threadName)?.[1]
  return number === undefined ? undefined : Number(number)
}
