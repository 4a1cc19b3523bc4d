/**
 * A process beside pathbench that waits for the end of a pipe, and then undoes what it was told to: however pathbench ends.
 * It stands on the machine that a sandbox is on, and outside of it.
 */
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { endsWithin } from '../host/ends-within.ts'
import { quoted } from '../host/shell-word.ts'
import type { Command } from '../host/tool.ts'
import type { RemoteSandbox, Sandbox } from './sandbox.ts'

/**
 * What it is told, a line each: what is to be done at the end, in the place of what it was told before, or that it is to be
 * done now, or something to be done at once. Otherwise the sandbox ($1 its first process) goes first, which may have been at
 * work on the very thing. A zombie is gone. That nobody hears any more what it answers does not end it.
 */
const guard = `trap '' PIPE HUP
undo= first=$1 looks=0
while IFS= read -r line; do
  case $line in
  now) first=none ;;
  do\\ *) eval "$(printf %s "\${line#do }" | base64 -d)" </dev/null 2>&1; echo "done $?" ;;
  *) undo=$line ;;
  esac
done
exec >/dev/null 2>&1
is_there() {
  state=$(sed -n 's/^State:[[:space:]]*\\(.\\).*/\\1/p' "/proc/$first/status" 2>/dev/null)
  case $state in '' | Z | X) return 1 ;; esac
}
while [ -n "$undo" ] && [ $looks -lt 1000 ] && is_there; do
  looks=$((looks + 1))
  sleep 0.02
done
eval "$(printf %s "$undo" | base64 -d)"`

/** POSIX shells redirect descriptors of one digit; the first three are taken. */
const firstDescriptor = 3

/** So many files a guard can hold open. */
export const mostFiles = 7

/** Longest that is waited for its end, s, which holds a path's teardown. */
const patienceS = 60

const isRemote = (sandbox: Sandbox): sandbox is RemoteSandbox => 'outside' in sandbox

/**
 * The call of a guard on another host. What it is told goes through a process inside of the sandbox there, so that its input
 * ends with the sandbox: where the connection is lost without a word, nothing else would end it.
 */
const throughSandbox = ({ outside, within }: RemoteSandbox, command: Command): Command =>
  outside(['sh', '-c', `${within(['cat']).map(quoted).join(' ')} | ${command.map(quoted).join(' ')}`])

export class Guard {
  readonly #process
  readonly #answers: AsyncIterator<string, undefined>

  /** @param files opened at the start, `mostFiles` of them at most: by the end a number or name may mean another */
  constructor(sandbox: Sandbox, files: readonly string[]) {
    const opening = files.map((_, index) => `exec ${descriptorOf(index)}<"$${index + 2}"`)
    const words: Command = [
      ...['sh', '-c', [...opening, guard].join('\n'), 'guard', String(sandbox.firstProcess)],
      ...files,
    ] as const
    const [file, ...rest] = isRemote(sandbox) ? throughSandbox(sandbox, words) : words
    this.#process = execa(file, rest, {
      stdin: 'pipe',
      stderr: 'ignore',
      detached: true,
      reject: false,
      buffer: false,
    })
    // It may have been killed: then nobody is told.
    this.#process.stdin.on('error', () => undefined)
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]()
  }

  /** A script for its end, in the place of the one before. */
  tell(script: string): void {
    this.#process.stdin.write(`${encoded(script)}\n`)
  }

  /** Has a script done at once. @returns what it wrote where it failed, which it does, too, where the guard has ended */
  async do(script: string): Promise<{ readonly failure?: string }> {
    this.#process.stdin.write(`do ${encoded(script)}\n`)
    const said: string[] = []
    for (;;) {
      const { value, done } = await this.#answers.next()
      if (done === true) return { failure: [...said, 'what guards the devices has ended'].join('\n') }
      if (value === 'done 0') return {}
      if (value.startsWith('done ')) return { failure: said.join('\n') }
      said.push(value)
    }
  }

  /** Ends it: what it was told is done now. @returns whether that went well */
  async end(): Promise<boolean> {
    this.#process.stdin.end('now\n')
    return (await endsWithin(this.#process, patienceS)) && (await this.#process).exitCode === 0
  }
}

/** As which a guard has a file open, in its own order of them. */
export const descriptorOf = (index: number): number => firstDescriptor + index

const encoded = (script: string): string => Buffer.from(script).toString('base64')
