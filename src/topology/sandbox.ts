/**
 * The sandbox: private mount, network and PID namespaces in which all of a run's topologies live.
 * The host's network, sysctls, /run/netns and /sys/fs/bpf are never touched, and none of its files is
 * writable from there.
 *
 * Its first process lives as long as the pipe to it is open, so that it goes when pathbench goes,
 * however it goes; the kernel then kills all processes inside and frees namespaces, mounts, links
 * and programs (pid_namespaces(7), mount_namespaces(7)).
 */
import { basename } from 'node:path'
import { execa } from 'execa'
import { builtProgram } from '../host/built.ts'
import { descendantsOf } from '../host/descendants.ts'
import { BenchError } from '../host/errors.ts'
import { endsWithin } from '../host/ends-within.ts'
import { requireOpenFiles } from '../host/open-files.ts'
import { isOutOfProcesses, OutOfProcesses, requireProcessRoom } from '../host/process-room.ts'
import { killGroup } from '../host/kill-group.ts'
import type { RoundTrips } from '../host/round-trips.ts'
import type { Command } from '../host/tool.ts'
import { stepsAt, type StepTaker } from './carry-out.ts'
import { stepLimitS } from './steps.ts'

/** Where inside the sandbox things are: what the host has by one of these names is not seen there. */
export const sandboxFolders = {
  namespaces: '/run/netns',
  bpf: '/run/bpf',
  steps: '/run/steps',
  devices: '/run/sys',
  webServers: '/run/nginx',
  webClients: '/run/h2load',
  commands: '/run/commands',
  cgroups: '/run/cgroups',
} as const

/** Where a namespace is, by its file's name. */
export const namespacePlace = (file: string): string => `${sandboxFolders.namespaces}/${file}`

// `ip netns exec` and `ip -n` remount /sys, which hides /sys/fs/bpf: hence a bpffs under /run. What pins
// something in the usual place without being asked where means this one.
//
// Tools and pathbench itself may live under /run: all of the host's is there, below a tmpfs of the sandbox's own.
//
// There are two mount namespaces. In the outer one everything else is as the host has it: in it `bench exec`
// runs the user's command, who may write their files. Steps run in the inner one, where all is read-only but
// what the sandbox has of its own. What they mount under /run, the namespaces, is seen in both.
const prepare = `set -e
seal=$1 runner=$2 socket=$3 own_run=$4 patience=
shift 4
"$own_run" "$@"
`

/** What is done once /run is its own: with the words for seal and runner in variables. */
export const sealAndRun = `mount -t bpf -o mode=700 pathbench /run/bpf
if [ -d /sys/fs/bpf ]; then mount --bind /run/bpf /sys/fs/bpf; fi
exec unshare --mount --propagation unchanged sh -c '
set -e
mount --bind /proc/sys/net /proc/sys/net
"$1" /run /run/bpf /proc/sys/net
exec "$2" "$3" $4' sh "$seal" "$runner" "$socket" "$patience"`

/** Where the sandbox's first process takes steps (sandbox/runner). */
export const stepsSocket = `${sandboxFolders.steps}/socket`

/** The words for unshare(1) that open one. */
export const unshareWords = [
  ...['unshare', '--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'],
  ...['--propagation', 'private'],
] as const

/**
 * The words that run a command in a sandbox, to be called on its host.
 *
 * @param opened the process of `unshareWords`
 * @param isSealed whether the host's files are read-only to it
 */
export function enteringWords(
  opened: number,
  isSealed: boolean,
  command: Command,
  namespaceFile?: string,
): Command {
  const root = `/proc/${opened}`
  // The first process in it, as the sandbox's own /proc has it.
  const mounts = isSealed ? `${root}/root/proc/1` : root
  return [
    'nsenter',
    `--mount=${mounts}/ns/mnt`,
    `--pid=${root}/ns/pid_for_children`,
    // Entering a mount namespace leaves one at its root: where pathbench is, in a chroot too, is kept.
    `--root=${mounts}/root`,
    `--wd=${mounts}/cwd`,
    `--net=${namespaceFile === undefined ? `${root}/ns/net` : `${root}/root/run/netns/${namespaceFile}`}`,
    '--',
    ...command,
  ]
}

/** Longest that a sandbox is waited for to end by itself, or to be gone once killed. */
const patienceS = 10

export interface Sandbox extends StepTaker {
  /** The whole command that runs `command` inside, in the namespace of the file `namespaceFile` if given. */
  readonly enter: (command: Command, namespaceFile?: string) => Command
  /** As `enter`, for a command of the user's own: the host's files are as writable to it as outside. */
  readonly enterUnsealed: (command: Command, namespaceFile?: string) => Command
  /** The number of its first process, as the host has it: once that is gone, so is all inside. */
  readonly firstProcess: number
  /** The place that a path is in, by its name: this one, unless it is several together. */
  readonly at: (path: string) => Sandbox
  /**
   * Has something done once it has ended, where what is made inside can outlive it; undefined where nothing can, as its
   * kernel ends with it.
   */
  readonly afterEnd?: (work: () => Promise<unknown>) => void
  /** Ends every process inside and frees all that was made there. */
  readonly close: () => Promise<void>
  /** What it consists of, where paths lead over another host. */
  readonly parts?: SandboxParts
}

/** A sandbox on this machine, which load comes from, and one on another host, which paths lead over. */
export interface SandboxParts {
  readonly local: Sandbox
  readonly remote: RemoteSandbox
}

/** A sandbox on another host, and what can be done beside it there. */
export interface RemoteSandbox extends Sandbox {
  /** As the scenario calls its host. */
  readonly host: string
  /** The whole command that runs `command` on that host, outside of the sandbox. */
  readonly outside: (command: Command) => Command
  /** As `enter`, to be called on that host. */
  readonly within: (command: Command, namespaceFile?: string) => Command
  /** Where in it the copy of a file of this machine's is; the file itself where there is none. */
  readonly copyOf: (file: string) => string
  /** Copies files there that are not there yet. @throws BenchError `failed` */
  readonly bring: (files: readonly string[]) => Promise<void>
  readonly roundTrips: RoundTrips
}

/** The sandbox that load comes from. */
export const localPart = (sandbox: Sandbox): Sandbox => sandbox.parts?.local ?? sandbox

/** Where in a sandbox a file of this machine's is. */
export const fileIn = (sandbox: Sandbox, file: string): string => sandbox.parts?.remote.copyOf(file) ?? file

/** The process that holds a sandbox: it ends with its input. */
const startHolder = () =>
  execa(
    'setpriv',
    [
      '--pdeathsig',
      'KILL',
      ...unshareWords,
      'sh',
      '-c',
      `${prepare}${sealAndRun}`,
      'sh',
      builtProgram('seal'),
      builtProgram('runner'),
      stepsSocket,
      builtProgram('own-run'),
      ...Object.values(sandboxFolders).map((folder) => basename(folder)),
    ],
    { stdin: 'pipe', detached: true, reject: false, env: { LC_ALL: 'C' } },
  )

/** Waits until it says that all is there. @throws BenchError `machine` */
async function requireReady(init: ReturnType<typeof startHolder>): Promise<void> {
  const ready = new Promise<boolean>((resolve) => {
    init.stdout.once('data', () => {
      resolve(true)
    })
    void init.then(() => {
      resolve(false)
    })
  })
  const isInTime = await endsWithin(ready, stepLimitS)
  if (isInTime && (await ready)) return
  if (!isInTime) killGroup(init.pid)
  const { stderr, shortMessage, cause } = await init
  if (isOutOfProcesses(stderr, cause))
    throw new OutOfProcesses('Could not open the sandbox: no process could be started', stderr, cause)
  throw new BenchError(
    `Could not open the sandbox: ${stderr.trim().split('\n')[0] || (shortMessage ?? 'it ended')}`,
    { trouble: 'machine', hint: 'run as root, and `bench doctor` to see what this machine lacks' },
  )
}

/**
 * Opens a sandbox.
 *
 * @throws BenchError `machine` if the kernel or the user may not.
 */
export async function openSandbox(): Promise<Sandbox> {
  requireOpenFiles()
  requireProcessRoom()
  const init = startHolder()
  await requireReady(init)
  const root = `/proc/${init.pid}`
  const entering = (isSealed: boolean, command: Command, namespaceFile: string | undefined): Command => [
    // It waits outside for what it starts inside: a stopped one would be left when pathbench is killed.
    'setpriv',
    '--pdeathsig',
    'KILL',
    ...enteringWords(init.pid ?? 0, isSealed, command, namespaceFile),
  ]
  const afterwards: (() => Promise<unknown>)[] = []
  const enter: Sandbox['enter'] = (command, namespaceFile) => entering(true, command, namespaceFile)
  const sandbox: Sandbox = {
    enter,
    at: () => sandbox,
    afterEnd: (work) => {
      afterwards.push(work)
    },
    firstProcess: descendantsOf(init.pid ?? 0)[0] ?? 0,
    enterUnsealed: (command, namespaceFile) => entering(false, command, namespaceFile),
    ...stepsAt({
      name: 'sandbox',
      pid: init.pid,
      socket: `${root}/root${stepsSocket}`,
      namespaceFolder: sandboxFolders.namespaces,
    }),
    close: async () => {
      init.stdin.end()
      if (!(await endsWithin(init, patienceS))) {
        // Stopped, or held up: killed, its first process takes all others inside with it, whatever state they are in.
        killGroup(init.pid)
        await endsWithin(init, patienceS)
      }
      for (const work of afterwards.splice(0)) await work()
    },
  }
  return sandbox
}
