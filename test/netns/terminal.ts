/** Runs the command line in a terminal of its own, as script(1) makes one, and types into it. */
import { execa } from 'execa'
import { benchCommand, type BenchOptions } from './bench-command.ts'

export const controlC = '\x03'

export interface Terminal {
  /** All that was shown until now, escape codes and all. */
  readonly shown: () => string
  /** Waits until `words` were shown. @throws Error if it ends before */
  readonly untilShown: (words: string) => Promise<void>
  readonly type: (keys: string) => void
  /** Closes it, as a window is closed, or a connection broken. */
  readonly close: () => void
  /** Its exit code. */
  readonly ended: Promise<number | undefined>
}

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`

export interface TerminalOptions extends Pick<BenchOptions, 'cwd' | 'isByLauncher' | 'within'> {
  readonly columns?: number
}

/** Starts `bench` in a terminal of 120 columns, or as many as are asked for. */
export function startInTerminal(
  commandArguments: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  { cwd = process.cwd(), columns = 120, isByLauncher = false, within = [] }: TerminalOptions = {},
): Terminal {
  const command = [...within, ...benchCommand(commandArguments, isByLauncher)].map(quoted).join(' ')
  const script = ['--quiet', '--return', '--flush', '--command', `stty columns ${columns}; exec ${command}`]
  const child = execa('script', [...script, '/dev/null'], {
    stdin: 'pipe',
    reject: false,
    extendEnv: false,
    cwd,
    env: { PATH: process.env.PATH ?? '', TERM: 'xterm-256color', ...environment },
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  return {
    shown: () => text,
    untilShown: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (text.includes(words)) resolve()
        }
        look()
        child.stdout.on('data', look)
        child.stdout.once('end', () => {
          reject(new Error(`"${words}" was not shown, but:\n${text}`))
        })
      }),
    type: (keys) => {
      child.stdin.write(keys)
    },
    close: () => {
      child.kill('SIGKILL')
    },
    ended: (async () => (await child).exitCode)(),
  }
}
