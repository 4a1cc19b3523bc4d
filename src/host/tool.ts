/** The one way to run a process. */
import { execa, ExecaError } from 'execa'
import { BenchError } from './errors.ts'

export interface ToolCall {
  readonly command: readonly [string, ...string[]]
  /** Written to its standard input. */
  readonly input?: string
  /** Completes `Could not …` when it fails: `add the links of path "stack"`. */
  readonly what: string
  /** Environment variables set beside the caller's own. */
  readonly environment?: Readonly<Record<string, string>>
}

/**
 * Runs a tool to its end and returns what it wrote on standard output.
 *
 * It gets a session of its own, so that a Ctrl-C at the terminal reaches pathbench alone, which
 * then ends in order.
 *
 * @throws BenchError `machine` if the tool is missing, `failed` with its stderr if it fails.
 */
export async function runTool({ command, input = '', what, environment = {} }: ToolCall): Promise<string> {
  const [file, ...commandArguments] = command
  try {
    const { stdout } = await execa(file, commandArguments, {
      input,
      detached: true,
      env: { LC_ALL: 'C', ...environment },
      stripFinalNewline: false,
    })
    return stdout
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error
    throw toolError(error, file, what)
  }
}

function toolError(
  error: { code?: string; stderr?: unknown; shortMessage: string },
  file: string,
  what: string,
): BenchError {
  if (error.code === 'ENOENT')
    return new BenchError(`Could not ${what}: ${file} is not installed`, {
      trouble: 'machine',
      hint: 'run `bench doctor` to see what is missing and how to get it',
      cause: error,
    })
  const stderr = typeof error.stderr === 'string' ? error.stderr.trim() : ''
  return new BenchError(`Could not ${what}: ${stderr.split('\n')[0] || error.shortMessage}`, {
    trouble: 'failed',
    details: stderr.includes('\n') ? stderr : '',
    cause: error,
  })
}
