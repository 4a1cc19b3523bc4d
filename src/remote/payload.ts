/** What a sandbox on another host is opened with: a script, and files that are sent to it. Nothing is written to that host's disk. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { builtObject, builtProgram } from '../host/built.ts'
import { inProject } from '../host/project.ts'
import type { Command } from '../host/tool.ts'
import { sandboxFolders, sealAndRun, stepsSocket, unshareWords } from '../topology/sandbox.ts'

/** Inside: a tmpfs of the sandbox's own. */
export const filesFolder = '/run/files'

/** Silence after which the sandbox there ends by itself, s: the connection is lost. */
export const patienceS = 60

/** What is called there in any case. */
const tools = ['unshare', 'nsenter', 'mount', 'umount', 'head', 'base64', 'ip', 'tc']

// The files come first: each a line with name and length, and its bytes; an empty line ends them. /run is only then the
// sandbox's own, as the program that makes it so is one of them: until then they are in a tmpfs over /tmp.
const inside = `set -e
socket=$1 patience=$2
shift 2
mount -t tmpfs -o mode=700 pathbench /tmp
cd /tmp
while read -r name length && [ -n "$name" ]; do
  head -c "$length" >"$name"
  chmod 700 "$name"
done
./own-run ${basename(filesFolder)} "$@"
mv ./* ${filesFolder}/
cd /
umount /tmp
seal=${filesFolder}/seal runner=${filesFolder}/runner
${sealAndRun}`

const outside = `for tool in ${tools.join(' ')}; do
  command -v $tool >/dev/null || { echo "$tool: not found" >&2; exit 127; }
done
[ "$(id -u)" = 0 ] || { echo 'the user there is not root' >&2; exit 1; }
printf '%s %s\\n' $$ "$SSH_CONNECTION"
exec "$@"`

/** The command to be run there. It writes its process's number and the connection's ends in a line, then `ready`. */
export const openingCommand: Command = [
  'sh',
  ...['-c', outside, 'sh'],
  ...unshareWords,
  ...['sh', '-c', inside, 'sh', stepsSocket, String(patienceS)],
  ...Object.values(sandboxFolders).map((folder) => basename(folder)),
]

/** A file of this machine's, and the one that is sent in its place. */
interface Sent {
  readonly file: string
  readonly from?: string
}

const ownPrograms = ['runner', 'seal', 'own-run', 'show-devices', 'blackholes', 'netkit', 'sysctls', 'udpgen']

/** @param loader a bpfload that needs no libraries */
export const sentFiles = (loader: string): readonly Sent[] => [
  ...ownPrograms.map((name) => ({ file: builtProgram(name) })),
  { file: builtProgram('bpfload'), from: loader },
  ...['nop.bpf.o', 'witness.bpf.o'].map((name) => ({ file: builtObject(name) })),
  { file: inProject('sandbox', 'commands.sh') },
]

/** The bytes that the script reads. */
export const payload = (files: readonly Sent[]): Buffer =>
  Buffer.concat([
    ...files.flatMap(({ file, from = file }) => {
      const bytes = readFileSync(from)
      return [Buffer.from(`${basename(file)} ${bytes.length}\n`), bytes]
    }),
    Buffer.from('\n'),
  ])
