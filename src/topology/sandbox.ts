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
import { type Command, toolError } from '../host/tool.ts'
import { watch } from '../host/watchdog.ts'
import { decodeEnds, encodeSteps, exchange, type Step, type StepEnd, stepLimitS } from './steps.ts'

/** Where inside the sandbox things are: what the host has by one of these names is not seen there. */
export const sandboxFolders = {
  namespaces: '/run/netns',
  bpf: '/run/bpf',
  steps: '/run/steps',
  devices: '/run/sys',
  webServers: '/run/nginx',
  webClients: '/run/h2load',
  commands: '/run/commands',
} as const

// `ip netns exec` and `ip -n` remount /sys, which hides /sys/fs/bpf: hence a bpffs under /run. What pins
// something in the usual place without being asked where means this one.
//
// Tools and pathbench itself may live under /run: all of the host's is there, below a tmpfs of the sandbox's own.
//
// There are two mount namespaces. In the outer one everything else is as the host has it: in it `bench exec`
// runs the user's command, who may write their files. Steps run in the inner one, where all is read-only but
// what the sandbox has of its own. What they mount under /run, the namespaces, is seen in both.
const prepare = `set -e
seal=$1 runner=$2 socket=$3 own_run=$4
shift 4
"$own_run" "$@"
mount -t bpf -o mode=700 pathbench /run/bpf
if [ -d /sys/fs/bpf ]; then mount --bind /run/bpf /sys/fs/bpf; fi
exec unshare --mount --propagation unchanged sh -c '
set -e
mount --bind /proc/sys/net /proc/sys/net
"$1" /run /run/bpf /proc/sys/net
exec "$2" "$3"' sh "$seal" "$runner" "$socket"`

/** Where the sandbox's first process takes steps (sandbox/runner.c). */
const stepsSocket = `${sandboxFolders.steps}/socket`

/** Longest that a sandbox is waited for to end by itself, or to be gone once killed. */
const patienceS = 10
/** Longer than the longest of its steps, s, a list may take: each has an end of its own. */
const listPatienceS = 30

export interface Sandbox {
  /** The whole command that runs `command` inside, in the namespace of the file `namespaceFile` if given. */
  readonly enter: (command: Command, namespaceFile?: string) => Command
  /** As `enter`, for a command of the user's own: the host's files are as writable to it as outside. */
  readonly enterUnsealed: (command: Command, namespaceFile?: string) => Command
  /**
   * Runs steps inside, one after the other up to the first that fails, and returns what each wrote on
   * its standard output.
   *
   * @throws BenchError about the step that failed: `machine` if its tool is missing, else `failed`.
   */
  readonly run: (steps: readonly Step[]) => Promise<string[]>
  /** Runs one step inside, and tells how it ended. */
  readonly tryStep: (step: Step) => Promise<StepEnd>
  /** The number of its first process, as the host has it: once that is gone, so is all inside. */
  readonly firstProcess: number
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
  requireProcessRoom()
  const unshare = ['unshare', '--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc']
  const init = execa(
    'setpriv',
    [
      '--pdeathsig',
      'KILL',
      ...unshare,
      '--propagation',
      'private',
      'sh',
      '-c',
      prepare,
      'sh',
      builtProgram('seal'),
      builtProgram('runner'),
      stepsSocket,
      builtProgram('own-run'),
      ...Object.values(sandboxFolders).map((folder) => basename(folder)),
    ],
    { stdin: 'pipe', detached: true, reject: false, env: { LC_ALL: 'C' } },
  )
  const ready = new Promise<boolean>((resolve) => {
    init.stdout.once('data', () => {
      resolve(true)
    })
    void init.then(() => {
      resolve(false)
    })
  })
  const isInTime = await endsWithin(ready, stepLimitS)
  if (!isInTime) killGroup(init.pid)
  if (!isInTime || !(await ready)) {
    const { stderr, shortMessage, cause } = await init
    if (isOutOfProcesses(stderr, cause))
      throw new OutOfProcesses('Could not open the sandbox: no process could be started', stderr, cause)
    throw new BenchError(
      `Could not open the sandbox: ${stderr.trim().split('\n')[0] || (shortMessage ?? 'it ended')}`,
      { trouble: 'machine', hint: 'run as root, and `bench doctor` to see what this machine lacks' },
    )
  }

  const root = `/proc/${init.pid}`
  /** Of the sandbox's first process, as its own /proc has it. */
  const first = `${root}/root/proc/1`
  const entering = (mounts: string, command: Command, namespaceFile: string | undefined): Command => [
    // It waits outside for what it starts inside: a stopped one would be left when pathbench is killed.
    'setpriv',
    '--pdeathsig',
    'KILL',
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
  /** Why the sandbox was killed, once it was. */
  let killedFor: string | undefined
  /** How each step ended that was begun; where the sandbox is gone, the last failed. */
  const carryOut = async (steps: readonly Step[]): Promise<StepEnd[]> => {
    if (steps.length === 0) return []
    const limitS = Math.max(stepLimitS, ...steps.map((step) => step.limitS ?? 0)) + listPatienceS
    const watchdog = watch(init.pid, limitS)
    const request = encodeSteps(steps, sandboxFolders.namespaces)
    const ends = decodeEnds(await exchange(`${root}/root${stepsSocket}`, request))
    watchdog.callOff()
    if (ends.length === steps.length || ends.at(-1)?.state === 'failed') return ends
    killedFor ??= watchdog.reason()
    const stderr = killedFor === undefined ? 'the sandbox gave no answer' : `${killedFor}, and was killed`
    return [...ends, { state: 'failed', exitCode: undefined, stdout: '', stderr, cause: undefined }]
  }
  const enter: Sandbox['enter'] = (command, namespaceFile) => entering(first, command, namespaceFile)
  return {
    enter,
    firstProcess: descendantsOf(init.pid ?? 0)[0] ?? 0,
    enterUnsealed: (command, namespaceFile) => entering(root, command, namespaceFile),
    run: async (steps) => {
      const ended = await carryOut(steps)
      const failed = ended.findIndex(({ state }) => state === 'failed')
      const result = ended[failed]
      const step = steps[failed]
      if (result?.state === 'failed' && step !== undefined)
        throw toolError(result, step.command[0], step.what)
      return ended.map(({ stdout }) => stdout)
    },
    tryStep: async (step) => (await carryOut([step]))[0]!,
    close: async () => {
      init.stdin.end()
      if (await endsWithin(init, patienceS)) return
      // Stopped, or held up: killed, its first process takes all others inside with it, whatever state they are in.
      killGroup(init.pid)
      await endsWithin(init, patienceS)
    },
  }
}
