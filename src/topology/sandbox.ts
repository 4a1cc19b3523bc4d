/**
 * The sandbox: private mount, network and PID namespaces in which all of a run's topologies live.
 * The host's network, sysctls, /run/netns and /sys/fs/bpf are never touched.
 *
 * Its first process lives as long as the pipe to it is open, so that it goes when pathbench goes,
 * however it goes; the kernel then kills all processes inside and frees namespaces, mounts, links
 * and programs (pid_namespaces(7), mount_namespaces(7)).
 */
import { execa } from 'execa'
import { BenchError } from '../host/errors.ts'
import { requireOpenFiles } from '../host/open-files.ts'
import { type Command, toolError, tryTool } from '../host/tool.ts'
import { endOfStep, type Step, stepsScript } from './steps.ts'

/** Where inside the sandbox things are. */
export const sandboxFolders = { namespaces: '/run/netns', bpf: '/run/bpf' } as const

// `ip netns exec` and `ip -n` remount /sys, which hides /sys/fs/bpf: hence a bpffs under /run.
const prepare = `set -e
mount -t tmpfs -o mode=755 pathbench /run
mkdir /run/netns /run/bpf
mount -t bpf -o mode=700 pathbench /run/bpf
echo ready
exec cat`

export interface Sandbox {
  /** The whole command that runs `command` inside, in the namespace of the file `namespaceFile` if given. */
  readonly enter: (command: Command, namespaceFile?: string) => Command
  /**
   * Runs steps inside, one after the other up to the first that fails, and returns what each wrote on
   * its standard output.
   *
   * @throws BenchError about the step that failed: `machine` if its tool is missing, else `failed`.
   */
  readonly run: (steps: readonly Step[]) => Promise<string[]>
  /** Ends every process inside and frees all that was made there. */
  readonly close: () => Promise<void>
}

/**
 * Opens a sandbox.
 *
 * @throws BenchError `machine` if the kernel or the user may not.
 */
export async function openSandbox(): Promise<Sandbox> {
  requireOpenFiles()
  const unshare = ['unshare', '--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc']
  const init = execa(
    'setpriv',
    ['--pdeathsig', 'KILL', ...unshare, '--propagation', 'private', 'sh', '-c', prepare],
    { stdin: 'pipe', detached: true, reject: false },
  )
  const ready = new Promise<boolean>((resolve) => {
    init.stdout.once('data', () => {
      resolve(true)
    })
    void init.then(() => {
      resolve(false)
    })
  })
  if (!(await ready)) {
    const { stderr, shortMessage } = await init
    throw new BenchError(
      `Could not open the sandbox: ${stderr.trim().split('\n')[0] || (shortMessage ?? 'it ended')}`,
      { trouble: 'machine', hint: 'run as root, and `bench doctor` to see what this machine lacks' },
    )
  }

  const root = `/proc/${init.pid}`
  const enter: Sandbox['enter'] = (command, namespaceFile) => [
    'nsenter',
    `--mount=${root}/ns/mnt`,
    `--pid=${root}/ns/pid_for_children`,
    // Entering a mount namespace leaves one at its root: where pathbench is, in a chroot too, is kept.
    `--root=${root}/root`,
    `--wd=${root}/cwd`,
    `--net=${namespaceFile === undefined ? `${root}/ns/net` : `${root}/root/run/netns/${namespaceFile}`}`,
    '--',
    ...command,
  ]
  return {
    enter,
    run: async (steps) => {
      if (steps.length === 0) return []
      const result = await tryTool(enter(['sh', '-s']), stepsScript(steps, sandboxFolders.namespaces))
      if (result.state === 'done') return result.stdout.split(endOfStep).slice(0, -1)
      // As many have ended well as there are ends; the next is the one that failed.
      const failed = steps[result.stdout.split(endOfStep).length - 1]
      if (failed === undefined) throw toolError(result, 'nsenter', 'enter the sandbox')
      throw toolError(result, failed.command[0], failed.what)
    },
    close: async () => {
      init.stdin.end()
      await init
    },
  }
}
