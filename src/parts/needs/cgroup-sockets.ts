import { socketPrograms } from '../hooks/program-types.ts'
import { bpf } from './bpf.ts'
import type { Need } from './need.ts'

// No cgroup is made: it would stay where pathbench is killed before it is taken away again.
const mount = `mount -t cgroup2 pathbench "$1"
test -w "$1/cgroup.procs" && code=0 || code=$?
umount "$1"
[ $code = 0 ] || { echo 'cgroups cannot be written' >&2; exit 1; }`

export const cgroupSockets: Need = {
  name: 'cgroup-sockets',
  why: 'programs that meet the addresses which sockets of a cgroup call',
  remedy: 'a kernel from 5.10 on, with CONFIG_CGROUP_BPF',
  isAlways: false,
  buildsOn: [bpf],
  trial: ({ loader, orderOf, cgroups }) => [
    { command: loader, input: orderOf(socketPrograms) },
    { command: ['sh', '-e', '-c', mount, 'sh', cgroups] },
  ],
}
