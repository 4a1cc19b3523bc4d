/** Runs the command line as a user does. */
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { execa, execaSync } from 'execa'

const project = join(import.meta.dirname, '..', '..')

export const inProject = (...parts: string[]): string => join(project, ...parts)

export interface BenchOptions {
  readonly cwd?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Calls `./bench` instead of the command line behind it. */
  readonly isByLauncher?: boolean
  /** What it reads; nothing by default. */
  readonly input?: string
  /** The words of a command that runs it, such as `taskset --cpu-list 0`. */
  readonly within?: readonly string[]
}

const chooseMain = 'root=$1; setup_folder=$1; . "$1/launcher/bundle.sh"; choose_main; printf %s "$main"'
let chosen: string | undefined

/** What `./bench` has Node run: the bundle, which takes half of a second less to load than the sources. Asked for once. */
const commandLine = (): string => (chosen ??= execaSync('sh', ['-c', chooseMain, 'sh', project]).stdout)

/** The words of the command that runs `bench` with these arguments. */
export const benchCommand = (
  commandArguments: readonly string[],
  isByLauncher = false,
): [string, ...string[]] =>
  isByLauncher
    ? [inProject('bench'), ...commandArguments]
    : [
        process.execPath,
        '--disable-warning=ExperimentalWarning',
        '--min-semi-space-size=16',
        '--max-semi-space-size=16',
        commandLine(),
        ...commandArguments,
      ]

export interface Ended {
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
}

interface EndedProcess {
  readonly exitCode?: number | undefined
  readonly signal?: NodeJS.Signals | undefined
  readonly stdout: string
  readonly stderr: string
}

/** `bench` while it runs, and how it ends. Written down, as comparing execa's own type with another takes tsc seconds. */
export interface BenchProcess extends Promise<EndedProcess> {
  readonly pid?: number | undefined
  readonly stdout: Readable
  readonly stderr: Readable
  readonly kill: (signal: NodeJS.Signals) => boolean
}

/** Starts `bench`; its end does not throw, whatever it is. */
export function startBench(
  commandArguments: readonly string[],
  { cwd = project, environment = {}, isByLauncher = false, input = '', within = [] }: BenchOptions = {},
): BenchProcess {
  const [file = '', ...rest] = [...within, ...benchCommand(commandArguments, isByLauncher)]
  return execa(file, rest, {
    cwd,
    input,
    reject: false,
    stripFinalNewline: false,
    // What ava sets for colours and the like would show.
    extendEnv: false,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '/root',
      // As `./bench` does.
      NODE_COMPILE_CACHE: inProject('build', 'compile-cache'),
      ...environment,
    },
  })
}

/** Runs `bench` to its end. */
export async function bench(commandArguments: readonly string[], options?: BenchOptions): Promise<Ended> {
  const { exitCode, stdout, stderr } = await startBench(commandArguments, options)
  return { exitCode, stdout, stderr }
}

/** Waits until a line on its stderr holds `words`. @throws Error if it ends before */
export function told(started: BenchProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = ''
    started.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes(words)) resolve()
    })
    started.stderr.once('end', () => {
      reject(new Error(`bench did not say "${words}", but:\n${text}`))
    })
  })
}
