/** Calls to ssh(1): the system's own, with the user's configuration, and what it says where it fails. Pure. */
import { BenchError } from '../host/errors.ts'
import { quoted } from '../host/shell-word.ts'
import type { Command } from '../host/tool.ts'

/** A host that is reached by ssh. */
export interface SshHost {
  /** As the scenario calls it. */
  readonly name: string
  /** As ssh(1) takes it: `root@192.0.2.7`, `ssh://root@dut:2222`, a Host of its configuration. */
  readonly ssh: string
  /** A configuration file in the place of the user's. */
  readonly config?: string | undefined
}

// Nobody is there to be asked for a password, or whether a key is right. What the user's configuration says for work at
// a terminal is left out, and nothing is written into the user's list of known hosts.
const always = [
  ...['BatchMode=yes', 'UpdateHostKeys=no', 'ClearAllForwardings=yes', 'ForwardAgent=no', 'ForwardX11=no'],
  ...['RequestTTY=no', 'RemoteCommand=none', 'PermitLocalCommand=no'],
]

/** Of a connection that is lost the client tells within half a minute. */
const first = [
  ...['ControlMaster=yes', 'ControlPersist=no', 'Compression=yes', 'ConnectTimeout=15'],
  ...['ServerAliveInterval=5', 'ServerAliveCountMax=6'],
]

// Without it, a call whose connection is gone would make one of its own.
const further = ['ControlMaster=no', 'ProxyCommand=false']

const options = (list: readonly string[]): string[] => list.flatMap((option) => ['-o', option])

const call = (
  { ssh, config }: SshHost,
  control: string,
  more: readonly string[],
  command: Command,
): Command => [
  'ssh',
  ...(config === undefined ? [] : ['-F', config]),
  ...['-S', control],
  ...options([...always, ...more]),
  // A login shell that is no POSIX shell takes these words, too.
  ...['--', ssh, `exec ${['sh', '-c', withTools, 'sh', ...command].map(quoted).join(' ')}`],
]

/** What logs in by ssh without a terminal may lack root's folders. */
const withTools = 'PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin LC_ALL=C; export PATH LC_ALL; exec "$@"'

/** The call that makes a connection, at the socket `control`, and runs `command`. */
export const firstCall = (host: SshHost, control: string, command: Command): Command =>
  call(host, control, first, command)

/** A call that runs `command` over that connection. */
export const furtherCall = (host: SshHost, control: string, command: Command): Command =>
  call(host, control, further, command)

/** With which ssh(1) ends where it could not connect. */
const noConnection = 255

interface Reason {
  readonly says: RegExp
  readonly why: string
  readonly hint: (host: SshHost) => string
}

const byHand = ({ ssh, config }: SshHost): string =>
  `ssh ${config === undefined ? '' : `-F ${config} `}${ssh} true`

const reasons: readonly Reason[] = [
  {
    says: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    why: 'its host key is another than the known one',
    hint: (host) =>
      `find out why; where that is right, take the old one out (ssh-keygen -R) and call: ${byHand(host)}`,
  },
  {
    says: /Host key verification failed|No \S+ host key is known/,
    why: 'its host key is not known',
    hint: (host) => `call once, and compare the key that is shown with the host's own: ${byHand(host)}`,
  },
  {
    says: /Permission denied|Too many authentication failures/,
    why: 'it lets nobody in by the keys that ssh has',
    hint: (host) =>
      `put a key there (ssh-copy-id ${host.ssh}), or name it in ssh_config; this has to do without a password: ${byHand(host)}`,
  },
  {
    says: /Could not resolve hostname/,
    why: 'its name leads to no address',
    hint: () => 'see to `ssh` of the host in the scenario, and to ssh_config',
  },
  {
    says: /No route to host|Network is unreachable/,
    why: 'there is no route to it',
    hint: () => 'see whether it is up, and `ip route get` its address here',
  },
  {
    says: /Connection refused/,
    why: 'no sshd listens there',
    hint: () => 'see whether sshd runs there, and on which port',
  },
  {
    says: /timed out/,
    why: 'it does not answer',
    hint: () => 'see whether it is up, and whether something filters on the way',
  },
]

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Why a host could not be worked on, from what ssh(1) or the commands there said. */
export function hostError(host: SshHost, exitCode: number | undefined, stderr: string): BenchError {
  const known = exitCode === noConnection ? reasons.find(({ says }) => says.test(stderr)) : undefined
  const lines = linesOf(stderr)
  const name = `host "${host.name}" (${host.ssh})`
  if (known !== undefined)
    return new BenchError(`Could not reach ${name}: ${known.why}`, {
      trouble: 'machine',
      details: stderr.trim(),
      hint: known.hint(host),
    })
  if (exitCode === noConnection)
    return new BenchError(`Could not reach ${name}: ${lines.at(-1) ?? 'ssh failed'}`, {
      trouble: 'machine',
      details: stderr.trim(),
      hint: `see what is said by: ${byHand(host)}`,
    })
  const missing = /([^\s:]+): (?:command )?not found/.exec(stderr)?.[1]
  return new BenchError(
    `Could not open the sandbox on ${name}: ${missing === undefined ? (lines.at(-1) ?? `it ended with ${exitCode ?? 'a signal'}`) : `${missing} is not installed there`}`,
    {
      trouble: 'machine',
      hint: `see to it there, by: ${byHand(host).replace(/ true$/, '')}`,
    },
  )
}
