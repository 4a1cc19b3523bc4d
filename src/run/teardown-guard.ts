/**
 * Sees to it that a path on namespaces that are there already is torn down, however pathbench ends: a process beside it,
 * which waits for the end of a pipe.
 */
import { execa } from 'execa'
import { endsWithin } from '../host/ends-within.ts'
import { builtProgram } from '../host/built.ts'
import { quoted } from '../host/shell-word.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { fileOfReference } from '../topology/existing.ts'

/** What it is told, a line each: what is to be done at the end, in the place of what it was told before. */
const guard = `undo=
while IFS= read -r line; do undo=$line; done
eval "$(printf %s "$undo" | base64 -d)"`

// Here, too, a scenario's commands write into no file of the host's.
const sealed = `mount --bind /proc/sys/net /proc/sys/net && "$0" /proc/sys/net && cd "$1" && shift && exec "$@"`

/** Longest that is waited for its end, s: nothing is left for it to do. */
const patienceS = 10

export class TeardownGuard {
  readonly #process = execa('sh', ['-c', guard], {
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    detached: true,
    reject: false,
  })

  constructor() {
    // It may have been killed: then nobody is told.
    this.#process.stdin.on('error', () => undefined)
  }

  /** From now on the path is to be torn down. */
  async answerFor(path: ScenarioPath): Promise<void> {
    this.#tell(await undoScript(path))
  }

  /** Nothing is to be done any more. */
  release(): void {
    this.#tell('')
  }

  async end(): Promise<void> {
    this.#process.stdin.end()
    await endsWithin(this.#process, patienceS)
  }

  #tell(script: string): void {
    this.#process.stdin.write(`${Buffer.from(script).toString('base64')}\n`)
  }
}

/** The path's teardown as a script, a line a command. */
async function undoScript(path: ScenarioPath): Promise<string> {
  const lines: string[] = []
  for (const { namespace, words, directory, limitS } of path.teardown) {
    const { existing } = path.topology.namespaces[namespace] ?? {}
    if (existing === undefined) continue
    const command = [
      ...['timeout', String(limitS), 'nsenter', `--net=${await fileOfReference(existing)}`],
      ...['unshare', '--mount', '--propagation', 'private', 'sh', '-c', sealed],
      ...[builtProgram('seal'), directory, 'env', `PATHBENCH_PATH=${path.name}`, ...words],
    ]
    lines.push(command.map(quoted).join(' '))
  }
  return lines.join('\n')
}
