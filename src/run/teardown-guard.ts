/**
 * Sees to it that a path on namespaces that are there already is torn down, however pathbench ends: a process beside it,
 * which waits for the end of a pipe.
 */
import { execa } from 'execa'
import type { Undo } from '../topology/undo.ts'
import { builtProgram } from '../host/built.ts'
import { BenchError } from '../host/errors.ts'
import { endsWithin } from '../host/ends-within.ts'
import { quoted } from '../host/shell-word.ts'
import type { Command } from '../host/tool.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Topology } from '../scenario/schema.ts'
import { fileOfReference, hostOfNamespace, isThere } from '../topology/existing.ts'
import type { RemoteSandbox, Sandbox } from '../topology/sandbox.ts'

/**
 * What it is told, a line each: what is to be done at the end, in the place of what it was told before, or to do that now.
 * Otherwise the sandbox ($1 its first process) goes first, which may have been at work on the very thing. A zombie is gone.
 */
const guard = `undo= first=$1 looks=0
while IFS= read -r line; do
  case $line in now) first=none ;; *) undo=$line ;; esac
done
is_there() {
  state=$(sed -n 's/^State:[[:space:]]*\\(.\\).*/\\1/p' "/proc/$first/status" 2>/dev/null)
  case $state in '' | Z | X) return 1 ;; esac
}
while [ -n "$undo" ] && [ $looks -lt 1000 ] && is_there; do
  looks=$((looks + 1))
  sleep 0.02
done
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

/** Longest that a command that undoes something may take, s. */
const undoLimitS = 10

/** Longest that is waited for its end, s, which holds a teardown. */
const patienceS = 60

/** There it lies in the sandbox, which is gone when the guard acts: by then it is open. */
const sealOn = ({ firstProcess, copyOf }: RemoteSandbox): string =>
  `/proc/${firstProcess}/root${copyOf(builtProgram('seal'))}`

/**
 * The call of a guard on another host. What it is told goes through a process inside of the sandbox there, so that its input
 * ends with the sandbox: where the connection is lost without a word, nothing else would end it.
 */
const throughSandbox = ({ outside, within }: RemoteSandbox, command: Command): Command =>
  outside(['sh', '-c', `${within(['cat']).map(quoted).join(' ')} | ${command.map(quoted).join(' ')}`])

export class TeardownGuard {
  readonly #process
  /** The descriptor of each namespace, opened at the start: by then a number or name may mean another. */
  readonly #descriptors: ReadonlyMap<string, number>

  /** The program that seals mounts, as the guard calls it. */
  readonly #seal: string

  private constructor(files: ReadonlyMap<string, string>, sandbox: Sandbox) {
    const { parts } = sandbox
    this.#descriptors = new Map([...files.keys()].map((name, index) => [name, firstDescriptor + index]))
    const opened = [...files.values(), ...(parts === undefined ? [] : [sealOn(parts.remote)])]
    this.#seal = parts === undefined ? builtProgram('seal') : `/proc/self/fd/${firstDescriptor + files.size}`
    const opening = opened.map((_, index) => `exec ${firstDescriptor + index}<"$${index + 2}"`)
    const words: Command = [
      ...['sh', '-c', [...opening, guard].join('\n'), 'guard', String(sandbox.firstProcess)],
      ...opened,
    ] as const
    const [file, ...rest] = parts === undefined ? words : throughSandbox(parts.remote, words)
    this.#process = execa(file, rest, {
      stdin: 'pipe',
      stdout: 'ignore',
      stderr: 'ignore',
      detached: true,
      reject: false,
    })
    // It may have been killed: then nobody is told.
    this.#process.stdin.on('error', () => undefined)
  }

  static async start({ namespaces }: Topology, sandbox: Sandbox): Promise<TeardownGuard> {
    const files = new Map<string, string>()
    for (const [name, namespace] of Object.entries(namespaces)) {
      // What a path changes is on the other host, where there is one.
      const isGuarded = sandbox.parts === undefined ? isThere(namespace) : namespace.host !== undefined
      const host = hostOfNamespace(sandbox, namespace)
      if (isGuarded) files.set(name, await fileOfReference(namespace.existing, host))
    }
    if (files.size + (sandbox.parts === undefined ? 0 : 1) > mostDescriptors)
      throw new BenchError(`Could not guard ${files.size} namespaces that are there already`, {
        trouble: 'failed',
        hint: `what paths change in up to ${mostDescriptors} can be put back where pathbench is killed: name no more of them`,
      })
    return new TeardownGuard(files, sandbox)
  }

  /** From now on the path is to be torn down, between what comes before that and what comes after. */
  answerFor(path: ScenarioPath, before: readonly Undo[], after: readonly Undo[]): void {
    const lines = [...before.map(this.#undoLine), ...this.#teardownLines(path), ...after.map(this.#undoLine)]
    this.#tell(lines.join('\n'))
  }

  /** Nothing is to be done any more. */
  release(): void {
    this.#tell('')
  }

  async end(): Promise<void> {
    this.#process.stdin.end('now\n')
    await endsWithin(this.#process, patienceS)
  }

  #tell(script: string): void {
    this.#process.stdin.write(`${Buffer.from(script).toString('base64')}\n`)
  }

  /** The path's teardown, a line a command. */
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
