/**
 * A cgroup for each path whose programs meet the addresses that its client's sockets call: the kernel runs those of the
 * cgroup that the thread was in which opened the socket. They are threaded, below one of pathbench's own (Control Group v2,
 * "Threads"), so that the generator's threads go into one and out again within a millisecond.
 *
 * Nothing of a cgroup ends with the processes in it, so a guard outside takes them away once the sandbox has ended.
 */
import { randomBytes } from 'node:crypto'
import { isOfSockets } from '../parts/hooks/hooks.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { descriptorOf, Guard } from './guard.ts'
import { type Sandbox, sandboxFolders } from './sandbox.ts'
import type { Step } from './steps.ts'
import { BenchError } from '../host/errors.ts'
import type { Command } from '../host/tool.ts'

const { cgroups } = sandboxFolders

/** The folder of a path's cgroup, in the sandbox. */
export const cgroupOf = (path: string): string => `${cgroups}/${path}`

/** Whether a path has one. */
export const hasCgroup = ({ programs }: Pick<ScenarioPath, 'programs'>): boolean =>
  programs.some(({ hook }) => isOfSockets(hook))

/** All of the machine's, until pathbench's own are mounted over them; tells in which pathbench is. */
const mountAll = `set -e
mount -t cgroup2 pathbench "$1"
sed -n 's/^0:://p' /proc/self/cgroup`

const mountOwn = `set -e
mkdir "$1$2"
mount --bind "$1$2" "$1"`

const makeOne = `set -e
mkdir -p "$1"
echo threaded >"$1/cgroup.type"`

const shellStep = (script: string, words: readonly string[], what: string): Step => ({
  command: ['sh', '-c', script, 'sh', ...words],
  what,
})

const roots = new WeakMap<Sandbox, Promise<void>>()

/** Makes the cgroup of a path, unless it is there. @throws BenchError `failed` */
export async function makeCgroup(sandbox: Sandbox, path: string): Promise<void> {
  const root = roots.get(sandbox) ?? makeRoot(sandbox)
  roots.set(sandbox, root)
  await root
  await sandbox.run([shellStep(makeOne, [cgroupOf(path)], `make a cgroup for path "${path}"`)])
}

async function makeRoot(sandbox: Sandbox): Promise<void> {
  const what = 'make a cgroup'
  const [own = ''] = await sandbox.run([shellStep(mountAll, [cgroups], what)])
  const parent = own.trim().replace(/\/$/, '')
  const name = `pathbench-${randomBytes(8).toString('hex')}`
  await guardFrom(sandbox, `${cgroups}${parent}`, name)
  await sandbox.run([shellStep(mountOwn, [cgroups, `${parent}/${name}`], what)])
}

/** Before the cgroup is there: whatever ends pathbench, it is taken away. */
async function guardFrom(sandbox: Sandbox, parent: string, name: string): Promise<void> {
  if (sandbox.afterEnd === undefined) return
  const guard = new Guard(sandbox, [`/proc/${sandbox.firstProcess}/root${parent}`])
  sandbox.afterEnd(() => guard.end())
  guard.tell(removal(`/proc/self/fd/${descriptorOf(0)}`, name))
  const { failure } = await guard.do('true')
  if (failure !== undefined)
    throw new BenchError(`Could not guard a cgroup: ${failure}`, { trouble: 'failed' })
}

/** What was in them has been killed, and is gone a moment later. */
const removal = (parent: string, name: string): string => `cd ${parent} || exit
left=500
while [ -d ${name} ] && [ $left -gt 0 ]; do
  for one in ${name}/*/ ${name}; do rmdir "$one" 2>/dev/null; done
  [ ! -d ${name} ] || sleep 0.02
  left=$((left - 1))
done
[ ! -d ${name} ]`

/** The words that put a process into the cgroup of a path before it becomes `command`. */
export const inCgroup = (path: string, command: Command): Command => [
  'sh',
  ...['-c', 'echo 0 >"$1/cgroup.procs" && echo 0 >"$2/cgroup.procs" && shift 2 && exec "$@"', 'sh'],
  ...[cgroups, cgroupOf(path)],
  ...command,
]
