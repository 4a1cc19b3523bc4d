/** Plays deploy/ansible's playbook. */
import { execa } from 'execa'
import { BenchError } from '../host/errors.ts'
import { inProject } from '../host/project.ts'
import { type FleetEvent, parseEvent } from './events.ts'

export interface Play {
  /** As ansible-playbook takes it: a file, a folder, or hosts with a comma. */
  readonly inventory: string
  /** The role's variables. */
  readonly variables: Readonly<Record<string, unknown>>
  /** Further words for ansible-playbook, such as --forks. */
  readonly words: readonly string[]
}

/** The words that ansible-playbook is called with. */
export const playWords = ({ inventory, variables, words }: Play): string[] => [
  '--inventory',
  inventory,
  '--extra-vars',
  JSON.stringify(variables),
  ...words,
  inProject('deploy', 'ansible', 'fleet.yaml'),
]

/**
 * Plays it to its end. It shares the terminal, as ssh and sudo may ask for a password, and so Ctrl-C ends it.
 *
 * @param hear is told what happens as it does
 * @throws BenchError `machine` if ansible-playbook is missing, `failed` if it ended before it knew its hosts
 */
export async function play(order: Play, hear: (event: FleetEvent) => void): Promise<void> {
  const child = execa('ansible-playbook', playWords(order), {
    stdin: 'inherit',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: { stdout: false },
    reject: false,
    env: {
      ANSIBLE_STDOUT_CALLBACK: 'pathbench',
      ANSIBLE_CALLBACK_PLUGINS: inProject('deploy', 'ansible', 'callback_plugins'),
      ANSIBLE_ROLES_PATH: inProject('deploy', 'ansible', 'roles'),
      ANSIBLE_RETRY_FILES_ENABLED: 'false',
    },
  })
  let knowsHosts = false
  for await (const line of child.iterable({ from: 'stdout' })) {
    const event = parseEvent(line)
    if (event === undefined) continue
    if (event.event === 'hosts' && event.hosts.length > 0) knowsHosts = true
    hear(event)
  }
  const { stderr, exitCode, code } = await child
  if (knowsHosts) return
  if (code === 'ENOENT')
    throw new BenchError('Could not measure a fleet: ansible-playbook is not installed', {
      trouble: 'machine',
      hint: 'install ansible-core, or Debian’s ansible; under sudo, bench does',
    })
  throw new BenchError(`Could not measure a fleet: ansible-playbook found no hosts (exit code ${exitCode})`, {
    trouble: 'usage',
    details: stderr,
    hint: 'see what `ansible-inventory --graph -i …` says of the inventory',
  })
}
