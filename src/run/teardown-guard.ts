/**
 * Sees to it that a path on namespaces that are there already is torn down, however pathbench ends: a process beside it,
 * which waits for the end of a pipe.
 */
import type { Undo } from '../topology/undo.ts'
import { builtProgram } from '../host/built.ts'
import { BenchError } from '../host/errors.ts'
import { quoted } from '../host/shell-word.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Topology } from '../scenario/schema.ts'
import { hostOfNamespace, fileOfReference } from '../topology/existing.ts'
import { descriptorOf, Guard, mostFiles } from '../topology/guard.ts'
import { madeFileSeen } from '../topology/made-namespaces.ts'
import type { RemoteSandbox, Sandbox } from '../topology/sandbox.ts'

/*
 * Here, too, a scenario's commands write into no file of the host's: as in the sandbox (src/topology/sandbox.ts). And
 * they find no program or link of the host's by its pin.
 */
const sealed = `if [ -d /sys/fs/bpf ]; then mount -t tmpfs pathbench /sys/fs/bpf; fi
mount --bind /proc/sys/net /proc/sys/net && "$0" /proc/sys/net && cd "$1" && shift && exec "$@"`

/** Longest that a command that undoes something may take, s. */
const undoLimitS = 10

/** There it lies in the sandbox, which is gone when the guard acts: by then it is open. */
const sealOn = ({ firstProcess, copyOf }: RemoteSandbox): string =>
  `/proc/${firstProcess}/root${copyOf(builtProgram('seal'))}`

export class TeardownGuard {
  readonly #guard: Guard
  /** The descriptor of each namespace. */
  readonly #descriptors: ReadonlyMap<string, number>

  /** The program that seals mounts, as the guard calls it. */
  readonly #seal: string

  private constructor(files: ReadonlyMap<string, string>, sandbox: Sandbox) {
    const { parts } = sandbox
    this.#descriptors = new Map([...files.keys()].map((name, index) => [name, descriptorOf(index)]))
    const opened = [...files.values(), ...(parts === undefined ? [] : [sealOn(parts.remote)])]
    this.#seal = parts === undefined ? builtProgram('seal') : `/proc/self/fd/${descriptorOf(files.size)}`
    this.#guard = new Guard(parts?.remote ?? sandbox, opened)
  }

  static async start({ namespaces }: Topology, sandbox: Sandbox): Promise<TeardownGuard> {
    const files = new Map<string, string>()
    for (const [name, namespace] of Object.entries(namespaces)) {
      const { existing } = namespace
      // What a path changes is on the other host, where there is one.
      const remote = namespace.host === undefined ? undefined : sandbox.parts?.remote
      if (sandbox.parts !== undefined && remote === undefined) continue
      if (existing !== undefined)
        files.set(name, await fileOfReference(existing, hostOfNamespace(sandbox, namespace)))
      else if (remote !== undefined) files.set(name, madeFileSeen(remote, name))
    }
    if (files.size + (sandbox.parts === undefined ? 0 : 1) > mostFiles)
      throw new BenchError(`Could not guard ${files.size} namespaces that are there already`, {
        trouble: 'failed',
        hint: `what paths change in up to ${mostFiles} can be put back where pathbench is killed: name no more of them`,
      })
    return new TeardownGuard(files, sandbox)
  }

  /** From now on the path is to be torn down, between what comes before that and what comes after. */
  answerFor(path: ScenarioPath, before: readonly Undo[], after: readonly Undo[]): void {
    const lines = [...before.map(this.#undoLine), ...this.#teardownLines(path), ...after.map(this.#undoLine)]
    this.#guard.tell(lines.join('\n'))
  }

  /** Nothing is to be done any more. */
  release(): void {
    this.#guard.tell('')
  }

  async end(): Promise<void> {
    await this.#guard.end()
  }

  /** The path's teardown, a line per command. */
  #teardownLines({ name, teardown }: ScenarioPath): string[] {
    return teardown.map(({ namespace, words, directory, limitS }) =>
      this.#line(namespace, limitS, directory, ['env', `PATHBENCH_PATH=${name}`, ...words]),
    )
  }

  readonly #undoLine = ({ namespace, words }: Undo): string => this.#line(namespace, undoLimitS, '/', words)

  #line(namespace: string, limitS: number, directory: string, words: readonly string[]): string {
    const command = [
      ...['timeout', '-k', '5', String(limitS), 'nsenter'],
      `--net=/proc/self/fd/${this.#descriptors.get(namespace)}`,
      ...['unshare', '--mount', '--propagation', 'private', 'sh', '-c', sealed],
      ...[this.#seal, directory, ...words],
    ]
    return command.map(quoted).join(' ')
  }
}
