/**
 * Sees to it that a path on namespaces that are there already is torn down, however pathbench ends: a process beside it,
 * which waits for the end of a pipe.
 */
import { execa } from 'execa'
import { builtProgram } from '../host/built.ts'
import { endsWithin } from '../host/ends-within.ts'
import { quoted } from '../host/shell-word.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Topology } from '../scenario/schema.ts'
import { fileOfReference } from '../topology/existing.ts'

/** What it is told, a line each: what is to be done at the end, in the place of what it was told before. */
const guard = `undo=
while IFS= read -r line; do undo=$line; done
eval "$(printf %s "$undo" | base64 -d)"`

/*
 * Here, too, a scenario's commands write into no file of the host's: as in the sandbox (src/topology/sandbox.ts). And
 * they find no program or link of the host's by its pin.
 */
const sealed = `if [ -d /sys/fs/bpf ]; then mount -t tmpfs pathbench /sys/fs/bpf; fi
mount --bind /proc/sys/net /proc/sys/net && "$0" /proc/sys/net && cd "$1" && shift && exec "$@"`

/** POSIX shells redirect descriptors of one digit; the first three are taken. */
const firstDescriptor = 3
const mostDescriptors = 7

/** Longest that is waited for its end, s, which holds a teardown. */
const patienceS = 60

export class TeardownGuard {
  readonly #process
  /** The descriptor of each namespace, opened at the start: by then a number or name may mean another. */
  readonly #descriptors: ReadonlyMap<string, number>

  private constructor(files: ReadonlyMap<string, string>) {
    const names = [...files.keys()].slice(0, mostDescriptors)
    this.#descriptors = new Map(names.map((name, index) => [name, firstDescriptor + index]))
    const opening = names.map((_, index) => `exec ${firstDescriptor + index}<"$${index + 1}"`)
    this.#process = execa('sh', ['-c', [...opening, guard].join('\n'), 'guard', ...files.values()], {
      stdin: 'pipe',
      stdout: 'ignore',
      stderr: 'ignore',
      detached: true,
      reject: false,
    })
    // It may have been killed: then nobody is told.
    this.#process.stdin.on('error', () => undefined)
  }

  static async start({ namespaces }: Topology): Promise<TeardownGuard> {
    const files = new Map<string, string>()
    for (const [name, { existing }] of Object.entries(namespaces))
      if (existing !== undefined) files.set(name, await fileOfReference(existing))
    return new TeardownGuard(files)
  }

  /** From now on the path is to be torn down. */
  answerFor(path: ScenarioPath): void {
    this.#tell(this.#undoScript(path))
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

  /** The path's teardown, a line a command. */
  #undoScript({ name, teardown }: ScenarioPath): string {
    const lines = teardown.flatMap(({ namespace, words, directory, limitS }) => {
      const descriptor = this.#descriptors.get(namespace)
      if (descriptor === undefined) return []
      const command = [
        ...['timeout', '-k', '5', String(limitS), 'nsenter', `--net=/proc/self/fd/${descriptor}`],
        ...['unshare', '--mount', '--propagation', 'private', 'sh', '-c', sealed],
        ...[builtProgram('seal'), directory, 'env', `PATHBENCH_PATH=${name}`, ...words],
      ]
      return [command.map(quoted).join(' ')]
    })
    return lines.join('\n')
  }
}
