/**
 * A host that is reached by ssh: an sshd with keys, configuration and port of its own, in network, mount and PID namespaces
 * of its own. A veth pair of its own leads there, for management.
 */
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { comesTrue } from './comes-true.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface SshdHost {
  /** Its network namespace, as `ip netns` knows it. */
  readonly namespace: string
  /** A configuration for ssh(1) that leads there by the name `dut`. */
  readonly config: string
  /** Its device that ssh comes in by. */
  readonly management: string
  /** The address that it is reached at, and the port. */
  readonly address: string
  readonly port: number
  /** A file of a key that it lets in, and one of hosts whose keys are known. */
  readonly key: string
  readonly knownHosts: string
  /** The process that is its first. */
  readonly process: number
  /** Runs a command there, and gives what it writes. */
  readonly run: (command: readonly string[]) => Promise<string>
}

/**
 * In its mount namespace the host has folders of its own that sshd wants, and the user that it wants: they come with its package,
 * which may be unpacked alone. Its root has a home of its own: this machine's may have files that a login shell takes long to read.
 * sshd takes no other than an absolute path.
 */
const start = `set -e
mount -t tmpfs none /run
mkdir -p /run/sshd /run/netns
sed 's|^\\(root:[^:]*:0:0:[^:]*\\):.*|\\1:/run:/bin/sh|' /etc/passwd >/run/passwd
grep -q ^sshd: /run/passwd || echo sshd:x:65534:65534::/run/sshd:/usr/sbin/nologin >>/run/passwd
mount --bind /run/passwd /etc/passwd
exec "$1" -D -e -f "$2"`

const sbin = ['/usr/local/sbin', '/usr/sbin', '/sbin']

/** Of the sshd in PATH, else in root's folders, all links followed. */
const sshdFile = (): string => {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...sbin]
  const file = folders.map((folder) => join(folder, 'sshd')).find((name) => existsSync(name))
  if (file === undefined) throw new Error('sshd is not there: ./bench setup gets it')
  return realpathSync(file)
}

/** Since OpenSSH 9.8 it starts others, which an unpacked one has beside it. */
const helpersOf = (sshd: string): string[] =>
  [
    ['SshdSessionPath', 'sshd-session'],
    ['SshdAuthPath', 'sshd-auth'],
  ].flatMap(([key, name = '']) => {
    const file = join(sshd, '../../lib/openssh', name)
    return existsSync(file) ? [`${key} ${file}`] : []
  })

/** Starts one; all of it is gone after the test. @param subnet the third number of its management addresses */
export async function sshdHost(t: ExecutionContext, subnet = 201): Promise<SshdHost> {
  const folder = temporaryFolder(t)
  const sshd = sshdFile()
  const file = (name: string) => join(folder, name)
  const namespace = `pathbench-sshd-${process.pid}-${subnet}`
  const [address, own, management] = [`10.99.${subnet}.2`, `10.99.${subnet}.1`, 'mgmt']
  const [device, port] = [`pbm${process.pid % 100_000}${subnet}`.slice(0, 15), 2222]
  const ip = (...words: readonly string[]) => execa('ip', words)
  for (const name of ['host', 'user'])
    await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)])
  writeFileSync(file('known_hosts'), `[${address}]:${port} ${readFileSync(file('host.pub'), 'utf8')}`)
  writeFileSync(
    file('sshd_config'),
    [
      ...[`ListenAddress ${address}`, `Port ${port}`, `HostKey ${file('host')}`],
      ...[`AuthorizedKeysFile ${file('user.pub')}`, 'StrictModes no', 'PermitRootLogin yes', 'UsePAM no'],
      ...['PasswordAuthentication no', 'PidFile none', ...helpersOf(sshd), ''],
    ].join('\n'),
  )
  writeFileSync(
    file('ssh_config'),
    [
      ...[
        'Host dut',
        `  HostName ${address}`,
        `  Port ${port}`,
        '  User root',
        `  IdentityFile ${file('user')}`,
      ],
      ...[
        '  IdentitiesOnly yes',
        `  UserKnownHostsFile ${file('known_hosts')}`,
        '  GlobalKnownHostsFile none',
      ],
      ...['  StrictHostKeyChecking yes', ''],
    ].join('\n'),
  )
  t.teardown(async () => {
    await execa('ip', ['netns', 'del', namespace], { reject: false })
    await execa('ip', ['link', 'del', device], { reject: false })
  })
  await ip('netns', 'add', namespace)
  await ip('link', 'add', device, 'type', 'veth', 'peer', 'name', management, 'netns', namespace)
  await ip('address', 'add', `${own}/24`, 'dev', device)
  await ip('link', 'set', device, 'up')
  await ip('-n', namespace, 'address', 'add', `${address}/24`, 'dev', management)
  for (const up of [management, 'lo']) await ip('-n', namespace, 'link', 'set', up, 'up')
  const within = [
    'nsenter',
    `--net=/run/netns/${namespace}`,
    'unshare',
    '--mount',
    '--pid',
    '--fork',
  ] as const
  const [first, ...rest] = [...within, '--kill-child', '--mount-proc', 'sh', '-c', start, 'start', sshd]
  const running = execa(first, [...rest, file('sshd_config')], { reject: false })
  let said = ''
  running.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  t.teardown(async () => {
    running.kill('SIGKILL')
    await running
  })
  t.true(await comesTrue(() => said.includes('Server listening')), said)
  return {
    ...{ namespace, management, address, port, process: running.pid ?? 0 },
    ...{ config: file('ssh_config'), key: file('user'), knownHosts: file('known_hosts') },
    run: async (command) => (await execa('ip', ['netns', 'exec', namespace, ...command])).stdout,
  }
}
