/** An inventory of hosts with an sshd each, in namespaces of their own; they end with the test. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { sshdHost } from '../netns/sshd.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

export interface Site {
  readonly folder: string
  readonly inventory: string
  readonly environment: Readonly<Record<string, string>>
}

/** The first of their management networks, in the third number of the address. */
const firstSubnet = 211

/** @param hosts further variables of Ansible's by the host's name; of those with null nobody answers */
export async function startSite(
  t: ExecutionContext,
  hosts: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>,
): Promise<Site> {
  const folder = temporaryFolder(t)
  const known: Record<string, unknown> = {}
  for (const [index, [name, variables]] of Object.entries(hosts).entries()) {
    const own = join(folder, String(index))
    mkdirSync(own)
    if (variables === null) {
      known[name] = { ansible_host: '127.0.0.1', ansible_port: 1 }
      continue
    }
    const { address, port, key, knownHosts } = await sshdHost(t, firstSubnet + index)
    known[name] = {
      ...{ ansible_host: address, ansible_port: port, ansible_ssh_private_key_file: key },
      ansible_ssh_common_args: `-F none -o IdentitiesOnly=yes -o UserKnownHostsFile=${knownHosts}`,
      // A folder of its own stands for the host's own disk.
      ...{ ansible_remote_tmp: join(own, 'tmp'), pathbench_folder: join(own, 'opt') },
      ...variables,
    }
  }
  const inventory = join(folder, 'hosts.yaml')
  const vars = {
    ...{ ansible_user: 'root', ansible_python_interpreter: '/usr/bin/python3' },
    // Node is where this test has it.
    pathbench_environment: { PATH: process.env.PATH },
  }
  // JSON is YAML.
  writeFileSync(inventory, JSON.stringify({ all: { vars, hosts: known } }))
  return {
    ...{ folder, inventory },
    environment: {
      ...{ ANSIBLE_HOME: join(folder, 'ansible'), ANSIBLE_SSH_CONTROL_PATH_DIR: join(folder, 'ssh') },
      // Fewer processes.
      ANSIBLE_PIPELINING: 'true',
    },
  }
}
