/** Plays deploy/ansible's playbook. */
import { execa } from 'execa'
import { descendantsOf } from '../host/descendants.ts'
import { BenchError, nothingMeasured } from '../host/errors.ts'
import { inProject } from '../host/project.ts'
import { signalIfThere } from '../host/signal-if-there.ts'
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

/** With which setpriv(1) ends where there is no such command. */
const notFound = 127

/** Time that ansible-playbook has to clear up once it is to end, ms. */
const endingMs = 30_000

/**
 * Plays it to its end. It shares the terminal, as ssh and sudo may ask for a password.
 *
 * @param hear is told what happens as it does
 * @param signal ends it early
 * @throws BenchError `machine` if ansible-playbook is missing, `failed` if it ended before it knew its hosts
 */
export async function play(
  order: Play,
  hear: (event: FleetEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  // Killed, bench takes it along; Ctrl-C it hears by itself.
  const child = execa('setpriv', ['--pdeathsig', 'INT', 'ansible-playbook', ...playWords(order)], {
    stdin: 'inherit',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: { stdout: false },
    reject: false,
    cancelSignal: signal,
    killSignal: 'SIGINT',
    forceKillAfterDelay: endingMs,
    env: {
      ANSIBLE_STDOUT_CALLBACK: 'pathbench',
      ANSIBLE_CALLBACK_PLUGINS: inProject('deploy', 'ansible', 'callback_plugins'),
      ANSIBLE_ROLES_PATH: inProject('deploy', 'ansible', 'roles'),
      ANSIBLE_RETRY_FILES_ENABLED: 'false',
      // Beside the plugin, where nothing of the user's belongs, and nothing may be written.
      PYTHONDONTWRITEBYTECODE: '1',
    },
  })
  let below: readonly number[] = []
  signal.addEventListener('abort', () => {
    below = descendantsOf(child.pid ?? 0)
  })
  let knowsHosts = false
  for await (const line of child.iterable({ from: 'stdout' })) {
    const event = parseEvent(line)
    if (event === undefined) continue
    if (event.event === 'hosts' && event.hosts.length > 0) knowsHosts = true
    hear(event)
  }
  const { stderr, exitCode } = await child
  // Connections that it leaves open keep what they have begun going.
  for (const pid of below) signalIfThere(pid, 'SIGTERM')
  if (knowsHosts) return
  if (signal.aborted) throw nothingMeasured()
  if (exitCode === notFound)
    throw new BenchError('Could not measure a fleet: ansible-playbook is not installed', {
      trouble: 'machine',
      hint: 'install it, as by: apt-get install ansible-core',
    })
  throw new BenchError(`Could not measure a fleet: ansible-playbook found no hosts (exit code ${exitCode})`, {
    trouble: 'usage',
    details: stderr,
    hint: 'see what `ansible-inventory --graph -i …` says of the inventory',
  })
}
