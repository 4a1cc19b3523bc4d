/**
 * A virtual machine with a kernel of its own, as a place for paths: what the sandbox is on this kernel. All that runs in
 * there is started by its first process (machine/agent.c), over one port; the machine ends with pathbench, however that
 * ends.
 */
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { execa } from 'execa'
import { builtProgram } from '../host/built.ts'
import { endsWithin } from '../host/ends-within.ts'
import { BenchError } from '../host/errors.ts'
import { readIfThere } from '../host/kernel-file.ts'
import { killGroup } from '../host/kill-group.ts'
import { hasKvm } from '../host/kvm.ts'
import { tryTool } from '../host/tool.ts'
import { stepsAt } from '../topology/carry-out.ts'
import { namespacePlace, type Sandbox, sandboxFolders } from '../topology/sandbox.ts'
import { type Accelerator, type MachineOrder, qemu, qemuCommand, virtualCpuOf } from './qemu.ts'

/** A machine that is up. */
export interface Machine {
  readonly sandbox: Sandbox
  readonly accelerator: Accelerator
  /** The host's CPUs that its own are pinned to, in their order; none where they are not. */
  readonly pinnedTo: readonly number[]
}

/** Longest that a machine is waited for, s: by emulation, on a busy host. */
const bootPatienceS = 120
/** A kernel that runs says something on its console within this time, s. */
const firstWordPatienceS = 5
/** Longest that a machine is waited for to be gone, s. */
const patienceS = 10

/** As machine/frame.h has it. */
const plainAnswer = 0

/** What opens a list of steps: the answer wanted, and an opening without a namespace and without words. */
const stepsPreface = (): Buffer => {
  const preface = Buffer.alloc(16)
  preface.writeUInt32BE(plainAnswer, 0)
  preface.writeUInt32BE(8, 4)
  return preface
}

/**
 * Starts a machine: by the host's processors where they can, else by emulation.
 *
 * @param name the kernel's, for messages
 * @param pinnedTo the host's CPUs for its own, in their order
 * @throws BenchError `machine` where it does not come up
 */
export async function openMachine(
  order: Omit<MachineOrder, 'accelerator' | 'cpuCount'>,
  name: string,
  pinnedTo: readonly number[],
): Promise<Machine> {
  const cpuCount = Math.max(1, pinnedTo.length)
  if (hasKvm()) {
    const machine = await start({ ...order, cpuCount, accelerator: 'kvm' }, name, pinnedTo)
    if (!(machine instanceof BenchError)) return machine
  }
  const machine = await start({ ...order, cpuCount, accelerator: 'tcg' }, name, pinnedTo)
  if (machine instanceof BenchError) throw machine
  return machine
}

/** Words of a console that are shown where a machine does not come up. */
const shownLines = 15

async function start(
  order: MachineOrder,
  name: string,
  pinnedTo: readonly number[],
): Promise<Machine | BenchError> {
  const address = `pathbench-machine-${process.pid}-${randomBytes(8).toString('hex')}`
  const host = execa(
    'setpriv',
    ['--pdeathsig', 'KILL', builtProgram('machine-host'), address, ...qemuCommand(order)],
    { stdin: 'pipe', detached: true, reject: false, env: { LC_ALL: 'C' } },
  )
  const ready = once(host.stdout)
  const ended = host.then(() => false)
  const close = async (): Promise<void> => {
    host.stdin.end()
    if (await endsWithin(host, patienceS)) return
    killGroup(host.pid)
    await endsWithin(host, patienceS)
  }
  // A host that offers KVM and cannot run this kernel by it shows that by silence.
  const speaks =
    order.accelerator === 'tcg' ||
    (await endsWithin(Promise.race([once(host.stderr), ready, ended]), firstWordPatienceS))
  const isUp = speaks && (await endsWithin(Promise.race([ready, ended]), bootPatienceS))
  if (!isUp || !(await Promise.race([ready, ended]))) {
    await close()
    return notUp(name, (await host).stderr)
  }
  const enter: Sandbox['enter'] = (command, namespaceFile) => [
    // It stands for what it starts in there.
    'setpriv',
    ...['--pdeathsig', 'KILL', builtProgram('machine-enter'), address],
    namespaceFile === undefined ? '' : namespacePlace(namespaceFile),
    ...command,
  ]
  const sandbox: Sandbox = {
    ...{ enter, enterUnsealed: enter, close, at: () => sandbox, firstProcess: host.pid ?? 0 },
    ...stepsAt({
      name: `virtual machine of kernel ${name}`,
      pid: host.pid,
      socket: `\0${address}`,
      preface: stepsPreface(),
      namespaceFolder: sandboxFolders.namespaces,
    }),
  }
  return { sandbox, accelerator: order.accelerator, pinnedTo: await pin(host.pid ?? 0, pinnedTo) }
}

const once = (stream: { once: (event: 'data', listener: () => void) => unknown }): Promise<true> =>
  new Promise((resolve) => {
    stream.once('data', () => {
      resolve(true)
    })
  })

function notUp(name: string, said: string): BenchError {
  const lines = said.trim().split(/\r?\n/)
  const missing = said.includes(`${qemu}: No such file`)
  return new BenchError(
    `Could not start a virtual machine with kernel ${name}: ${missing ? `${qemu} is not installed` : 'it does not come up'}`,
    {
      trouble: 'machine',
      details: lines.slice(-shownLines).join('\n'),
      hint: missing
        ? 'install it (Debian: qemu-system-x86), and see `bench doctor`'
        : 'the kernel wants CONFIG_BLK_DEV_INITRD, RD_ZSTD, DEVTMPFS, SERIAL_8250_CONSOLE, and VIRTIO_PCI and VIRTIO_CONSOLE, built in or with lib/modules beside its image',
    },
  )
}

/** Pins the machine's CPUs to the host's. @returns where they are */
async function pin(host: number, cpus: readonly number[]): Promise<readonly number[]> {
  if (cpus.length < 2) return []
  const machine = Number(readIfThere(`/proc/${host}/task/${host}/children`).split(' ')[0])
  for (const thread of threadsOf(machine)) {
    const virtual = virtualCpuOf(readIfThere(`/proc/${machine}/task/${thread}/comm`))
    const cpu = virtual === undefined ? undefined : cpus[virtual]
    if (cpu === undefined) continue
    const { state } = await tryTool(['taskset', '--pid', '--cpu-list', String(cpu), thread])
    if (state === 'failed') return []
  }
  return cpus
}

function threadsOf(process: number): string[] {
  try {
    return readdirSync(`/proc/${process}/task`)
  } catch {
    return []
  }
}
