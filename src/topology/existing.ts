/** Namespaces that are there already: found, and lent to a sandbox, which sees no other of the host's. */
import { BenchError } from '../host/errors.ts'
import { tryTool } from '../host/tool.ts'
import type { NamespaceReference } from '../scenario/place.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { NamespaceFile } from './plan.ts'
import { type Sandbox, sandboxFolders } from './sandbox.ts'

/** Commands that tell a container's process, in the order in which they are asked. */
const containerTools = [
  ['docker', 'inspect', '--format', '{{.State.Pid}}'],
  ['podman', 'inspect', '--format', '{{.State.Pid}}'],
  ['crictl', 'inspect', '--output', 'go-template', '--template', '{{.info.pid}}'],
] as const

/**
 * The file of a namespace, as the host has it.
 *
 * @throws BenchError `failed` where no tool knows the container
 */
export async function fileOfReference(reference: NamespaceReference): Promise<string> {
  if ('path' in reference) return reference.path
  if ('pid' in reference) return `/proc/${reference.pid}/ns/net`
  for (const command of containerTools) {
    const { state, stdout } = await tryTool([...command, reference.container])
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
  for (const [name, { existing }] of Object.entries(paths[0]?.topology.namespaces ?? {})) {
    if (existing === undefined) continue
    const file = await fileOfReference(existing)
    const lent = paths.map((path) => filesOf(path.name)(name))
    const entered = sandbox.enter(['sh', '-c', lend, 'lend', ...lent])
    const result = await tryTool(['sh', '-c', withFile, 'open', file, ...entered])
    if (result.state === 'done') continue
    throw new BenchError(`Could not reach namespace ${name}, ${file}: ${lastLine(result.stderr)}`, {
      trouble: 'failed',
      hint: 'it is to be there before the run begins: `ip netns list` and `lsns --type net` show which are',
    })
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''
