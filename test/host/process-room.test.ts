import test from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import {
  isOutOfProcesses,
  OutOfProcesses,
  processesNeeded,
  requireProcessRoom,
  tightestGroup,
} from '../../src/host/process-room.ts'

const reading =
  (files: Readonly<Record<string, string>>) =>
  (file: string): string =>
    files[file] ?? ''

test('of the control groups that a process is in, the one that takes the fewest more counts', (t) => {
  const files = {
    '/sys/fs/cgroup/user/a/pids.max': '100',
    '/sys/fs/cgroup/user/a/pids.current': '10',
    '/sys/fs/cgroup/user/pids.max': '50',
    '/sys/fs/cgroup/user/pids.current': '48',
  }
  t.deepEqual(tightestGroup('0::/user/a', reading(files)), { folder: '/sys/fs/cgroup/user', room: 2 })
})

test('a container sees its own control group as the root', (t) => {
  const files = { '/sys/fs/cgroup/pids.max': '10', '/sys/fs/cgroup/pids.current': '12' }
  t.deepEqual(tightestGroup('0::/', reading(files)), { folder: '/sys/fs/cgroup', room: 0 })
})

test('version 1 of control groups has numbers of processes in a tree of their own', (t) => {
  const files = { '/sys/fs/cgroup/pids/a/pids.max': '7', '/sys/fs/cgroup/pids/a/pids.current': '3' }
  const groups = '9:name=systemd:/\n8:pids:/a\n1:cpu,cpuacct:/b\n0::/c'
  t.deepEqual(tightestGroup(groups, reading(files)), { folder: '/sys/fs/cgroup/pids/a', room: 4 })
})

test('there is room where no control group has a limit, or none is known', (t) => {
  t.is(
    tightestGroup(
      '0::/a',
      reading({ '/sys/fs/cgroup/a/pids.max': 'max', '/sys/fs/cgroup/a/pids.current': '1' }),
    ),
    undefined,
  )
  for (const groups of ['', '1:cpu:/a', '0::/', '8:pids:/'])
    t.is(tightestGroup(groups, reading({})), undefined)
  t.notThrows(() => {
    requireProcessRoom(undefined)
  })
})

test('too little room is refused before anything starts, with the group and what raises it', (t) => {
  const group = { folder: '/sys/fs/cgroup/a', room: processesNeeded }
  t.notThrows(() => {
    requireProcessRoom(group)
  })
  const error = t.throws(
    () => {
      requireProcessRoom({ ...group, room: 3 })
    },
    { instanceOf: BenchError },
  )
  t.is(error.trouble, 'machine')
  t.regex(error.message, /^Could not start: only 3 more processes .* group \/sys\/fs\/cgroup\/a,/)
  t.regex(error.hint ?? '', /pids\.max .*ulimit -u/)
  t.true(error instanceof OutOfProcesses)
})

for (const words of [
  'could not start a process: Resource temporarily unavailable',
  'unshare: fork failed: Resource temporarily unavailable',
  'nsenter: fork failed: Resource temporarily unavailable',
  'sh: 1: Cannot fork',
  'sh: fork: Resource temporarily unavailable',
  'make: fork: Resource temporarily unavailable',
  'nginx: [alert] fork() failed (11: Resource temporarily unavailable)',
  'clang: error: unable to execute command: posix_spawn failed: Resource temporarily unavailable',
  'udpgen: could not start its threads: Resource temporarily unavailable',
  'spawn ip EAGAIN',
])
  test(`"${words}" tells that no process could be started`, (t) => {
    t.true(isOutOfProcesses(`first of all\n${words}`))
  })

for (const words of [
  'RTNETLINK answers: Resource temporarily unavailable',
  'flock: could not lock: Resource temporarily unavailable',
  'fork: Permission denied',
  '',
])
  test(`"${words}" tells nothing of processes`, (t) => {
    t.false(isOutOfProcesses(words))
  })
