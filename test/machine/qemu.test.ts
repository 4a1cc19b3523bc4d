import test from 'ava'
import { librariesIn } from '../../src/machine/libraries.ts'
import { type MachineOrder, memoryMiB, qemuCommand, virtualCpuOf } from '../../src/machine/qemu.ts'

const order: MachineOrder = {
  image: '/boot/vmlinuz',
  initramfs: '/tmp/initramfs',
  accelerator: 'kvm',
  cpuCount: 2,
  agentWords: ['/run/steps/socket', '/opt/runner'],
}

const valueOf = (command: readonly string[], option: string): string | undefined =>
  command[command.indexOf(option) + 1]

test('a machine has a kernel, an archive, a console and one port: no disk, no network', (t) => {
  const command = qemuCommand(order)
  t.is(command[0], 'qemu-system-x86_64')
  t.is(valueOf(command, '-kernel'), '/boot/vmlinuz')
  t.is(valueOf(command, '-initrd'), '/tmp/initramfs')
  t.is(valueOf(command, '-smp'), '2')
  t.is(valueOf(command, '-m'), String(memoryMiB))
  t.true(command.includes('-nodefaults') && command.includes('-no-reboot'))
  t.false(command.some((word) => /^-(drive|netdev|nic|net|hda|virtfs|fsdev)$/.test(word)))
  t.is(command.filter((word) => word === '-device').length, 2)
})

test('where the processor is played by a program, the kernel is told to spare it', (t) => {
  const [kvm = '', tcg = ''] = (['kvm', 'tcg'] as const).map((accelerator) =>
    valueOf(qemuCommand({ ...order, accelerator }), '-append'),
  )
  t.notRegex(kvm, /mitigations|tsc/)
  t.regex(tcg, /mitigations=off/)
  for (const words of [kvm, tcg])
    t.regex(words, /panic=-1 .*rdinit=\/init -- \/run\/steps\/socket \/opt\/runner$/)
  t.is(valueOf(qemuCommand(order), '-cpu'), 'host')
})

test('a virtual CPU is known by the name of its thread', (t) => {
  t.is(virtualCpuOf('CPU 0/KVM'), 0)
  t.is(virtualCpuOf('CPU 13/TCG'), 13)
  t.is(virtualCpuOf('qemu-system-x86'), undefined)
})

test('libraries are those that ldd names, with the loader', (t) => {
  const text = `\tlinux-vdso.so.1 (0x00007ffe)
\tlibbpf.so.1 => /lib/x86_64-linux-gnu/libbpf.so.1 (0x00007f1)
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f2)
\t/lib64/ld-linux-x86-64.so.2 (0x00007f3)
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f2)
`
  t.deepEqual(librariesIn(text), [
    '/lib/x86_64-linux-gnu/libbpf.so.1',
    '/lib/x86_64-linux-gnu/libc.so.6',
    '/lib64/ld-linux-x86-64.so.2',
  ])
  t.deepEqual(librariesIn('\tnot a dynamic executable\n'), [])
})
