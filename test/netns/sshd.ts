/**
 * A host that is reached by ssh: an sshd with keys, configuration and port of its own, in network, mount and PID namespaces
 * of its own. A veth pair of its own leads there, for management.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** Debian's sshd wants this folder; it is the host's own, in its mount namespace. */
const start = `mount -t tmpfs none /run && mkdir -p /run/sshd /run/netns && exec /usr/sbin/sshd -D -e -f "$1"`

/** Starts one; all of it is gone after the test. @param subnet the third number of its management addresses */
export async function sshdHost(t: ExecutionContext, subnet = 201): Promise<SshdHost> {
  const folder = temporaryFolder(t)
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
      ...['PasswordAuthentication no', 'PidFile none', ''],
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
  const [first, ...rest] = [...within, '--kill-child', '--mount-proc', 'sh', '-c', start, 'sshd']
  const sshd = execa(first, [...rest, file('sshd_config')], { reject: false })
  let said = ''
  sshd.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  t.teardown(async () => {
    sshd.kill('SIGKILL')
    await sshd
  })
  t.true(await comesTrue(() => said.includes('Server listening')), said)
  return {
    ...{ namespace, management, address, port, process: sshd.pid ?? 0 },
    ...{ config: file('ssh_config'), key: file('user'), knownHosts: file('known_hosts') },
    run: async (command) => (await execa('ip', ['netns', 'exec', namespace, ...command])).stdout,
  }
}
