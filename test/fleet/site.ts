/** Hosts with an sshd each, in namespaces of the test's own; they end with the test. */
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { benchCommand, inProject } from '../netns/bench-command.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

export interface Site {
  readonly folder: string
  readonly inventory: string
  /** Runs a command where the hosts are reached from. */
  readonly run: (
    command: readonly [string, ...string[]],
  ) => Promise<{ exitCode: number | undefined; stdout: string; stderr: string }>
  readonly bench: (...words: string[]) => ReturnType<Site['run']>
}

/** A host's further variables of Ansible's, by its name; those with `isAbsent` are in the inventory alone. */
export type Hosts = Readonly<
  Record<string, { readonly isAbsent?: true; readonly variables?: Readonly<Record<string, unknown>> }>
>

export async function startSite(t: ExecutionContext, hosts: Hosts): Promise<Site> {
  const folder = temporaryFolder(t)
  const present = Object.keys(hosts).filter((host) => hosts[host]?.isAbsent !== true)
  const { stdout: sshd } = await execa('sh', ['-c', 'command -v sshd'])
  const init = execa(
    'unshare',
    [
      ...['--net', '--mount', '--pid', '--uts', '--fork', '--kill-child', '--mount-proc'],
      ...['sh', inProject('test', 'fleet', 'hosts.sh'), folder, realpathSync(sshd), ...present],
    ],
    { reject: false, stdin: 'pipe', buffer: { stdout: false } },
  )
  t.teardown(async () => {
    init.stdin.end()
    await init
  })
  await new Promise<void>((ready, fail) => {
    init.stdout.on('data', (said: Buffer) => {
      if (said.toString().includes('ready')) ready()
    })
    void init.then(({ stderr }) => {
      fail(new Error(`the hosts ended: ${stderr}`))
    })
  })
  const { stdout: pid } = await execa('pgrep', ['--parent', String(init.pid)])
  const inventory = join(folder, 'hosts.yaml')
  writeFileSync(inventory, JSON.stringify(inventoryOf(folder, hosts)))
  mkdirSync(join(folder, 'ansible'))
  const run: Site['run'] = async ([file, ...words]) => {
    const { exitCode, stdout, stderr } = await execa(
      'nsenter',
      [`--target=${pid.trim()}`, '--net', '--mount', '--pid', '--uts', '--', file, ...words],
      {
        ...{ reject: false, stdin: 'ignore', cwd: folder },
        env: { ANSIBLE_HOME: join(folder, 'ansible'), ANSIBLE_SSH_CONTROL_PATH_DIR: join(folder, 'ansible') },
      },
    )
    return { exitCode, stdout, stderr }
  }
  return { folder, inventory, run, bench: (...words) => run(benchCommand(words)) }
}

/** In JSON, which is YAML. A folder of its own stands for each host's own disk. */
const inventoryOf = (folder: string, hosts: Hosts) => ({
  all: {
    vars: {
      ansible_user: 'root',
      ansible_ssh_private_key_file: join(folder, 'key'),
      ansible_ssh_common_args: `-F /dev/null -o UserKnownHostsFile=${join(folder, 'known_hosts')} -o ConnectTimeout=5`,
      ansible_python_interpreter: '/usr/bin/python3',
    },
    hosts: Object.fromEntries(
      Object.entries(hosts).map(([host, { variables = {} }], index) => [
        host,
        {
          ansible_host: `10.99.0.${10 + index}`,
          ansible_remote_tmp: join(folder, host, 'tmp'),
          pathbench_folder: join(folder, host, 'opt'),
          // The Node of this checkout.
          pathbench_environment: { PATH: process.env.PATH },
          ...variables,
        },
      ]),
    ),
  },
})
