/** Namespaces that are there already: found, and lent to a sandbox, which sees no other of the host's. */
import { whoConnects } from '../scenario/require-here.ts'
import { BenchError } from '../host/errors.ts'
import { type Command, tryTool } from '../host/tool.ts'
import type { NamespaceReference } from '../scenario/place.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Topology } from '../scenario/schema.ts'
import type { NamespaceFile } from './plan.ts'
import { type RemoteSandbox, type Sandbox, sandboxFolders } from './sandbox.ts'

/** Commands that tell a container's process, in the order in which they are asked. */
const containerTools = [
  ['docker', 'inspect', '--format', '{{.State.Pid}}'],
  ['podman', 'inspect', '--format', '{{.State.Pid}}'],
  ['crictl', 'inspect', '--output', 'go-template', '--template', '{{.info.pid}}'],
] as const

/** Where namespaces are: on this machine, or on one that is reached by ssh. */
export type Host = Pick<RemoteSandbox, 'outside' | 'within'>

/** This machine. */
const thisMachine = { outside: (command: Command) => command } as const

const hostOf = (sandbox: Sandbox): Host => ({ ...thisMachine, within: sandbox.enter })

/** The host that a namespace of a scenario is on. */
export const hostOfNamespace = (sandbox: Sandbox, { host }: Topology['namespaces'][string]): Host => {
  const { parts } = sandbox
  // Without it, what is meant for the host would be done to this machine.
  if (parts === undefined && host !== undefined)
    throw new BenchError(`Could not reach host "${host}": ${whoConnects}`, {
      trouble: 'usage',
      hint: 'work there by ssh yourself',
    })
  if (parts === undefined) return hostOf(sandbox)
  return host === undefined ? hostOf(parts.local) : parts.remote
}

/**
 * The file of a namespace, as its host has it.
 *
 * @throws BenchError `failed` where no tool knows the container
 */
export async function fileOfReference(
  reference: NamespaceReference,
  host: Pick<Host, 'outside'> = thisMachine,
): Promise<string> {
  if ('path' in reference) return reference.path
  if ('pid' in reference) return `/proc/${reference.pid}/ns/net`
  for (const command of containerTools) {
    const { state, stdout } = await tryTool(host.outside([...command, reference.container]))
    // A container that is stopped has the process 0.
    if (state === 'done' && /^[1-9]\d*$/.test(stdout.trim())) return `/proc/${stdout.trim()}/ns/net`
  }
  throw new BenchError(`Could not find a running container "${reference.container}"`, {
    trouble: 'failed',
    hint: `asked were ${containerTools.map(([tool]) => tool).join(', ')}; a pid or a path serves, too`,
  })
}

// By descriptor: where the file is, is seen outside of the sandbox only. mount(8) is not to look where the link leads.
const lend = `set -e
cd ${sandboxFolders.namespaces}
for name; do
  # Of a sweep, another run may have them already.
  if [ -e "$name" ]; then continue; fi
  : >"$name"
  mount --no-canonicalize --bind /proc/self/fd/3 "$name"
done`

/** Opens the file $1 before the rest, a command, is run. */
const withFile = 'exec 3<"$1" || exit 1; shift; exec "$@"'

/**
 * Gives a sandbox the namespaces of paths, under the names that theirs have where they are built: until it is closed.
 *
 * @throws BenchError `failed` about one that is not there
 */
export async function lendNamespaces(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  filesOf: (path: string) => NamespaceFile,
): Promise<void> {
  for (const [name, namespace] of Object.entries(paths[0]?.topology.namespaces ?? {})) {
    // Others are made with their devices (src/topology/made-namespaces.ts).
    if (namespace.existing === undefined) continue
    const host = hostOfNamespace(sandbox, namespace)
    const file = await fileOfReference(namespace.existing, host)
    const lent = paths.map((path) => filesOf(path.name)(name))
    const entered = host.within(['sh', '-c', lend, 'lend', ...lent])
    const opening = tryTool(host.outside(['sh', '-c', withFile, 'open', file, ...entered]))
    const result = await (namespace.host === undefined
      ? opening
      : (sandbox.parts?.remote.roundTrips.wait(opening) ?? opening))
    if (result.state === 'done') continue
    throw new BenchError(`Could not reach namespace ${name}, ${file}: ${lastLine(result.stderr)}`, {
      trouble: 'failed',
      hint: 'it is to be there before the run begins: `ip netns list` and `lsns --type net` show which are',
    })
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''
