/** The one way to run a process to its end. */
import { execa, ExecaError } from 'execa'
import { BenchError } from './errors.ts'

export type Command = readonly [file: string, ...arguments: string[]]

export interface ToolCall {
  readonly command: Command
  /** Written to its standard input. */
  readonly input?: string
  /** Completes `Could not …` when it fails: `add the links of path "stack"`. */
  readonly what: string
}

/** How a tool ended that did its work. */
export interface ToolSuccess {
  readonly state: 'done'
  readonly stdout: string
  readonly stderr: string
}

/** How a tool ended that failed. `exitCode` is 127 where it is not installed, as in a shell. */
export interface ToolFailure {
  readonly state: 'failed'
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
  readonly cause: unknown
}

/**
 * Runs a tool to its end.
 *
 * It gets a session of its own, so that a Ctrl-C at the terminal reaches pathbench alone, which
 * then ends in order.
 */
export async function tryTool(
  [file, ...commandArguments]: Command,
  input = '',
): Promise<ToolSuccess | ToolFailure> {
  try {
    const { stdout, stderr } = await execa(file, commandArguments, {
      input,
      detached: true,
      env: { LC_ALL: 'C' },
      stripFinalNewline: false,
    })
    return { state: 'done', stdout, stderr }
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error
    const text = (value: unknown): string => (typeof value === 'string' ? value : '')
    return {
      state: 'failed',
      exitCode: error.code === 'ENOENT' ? 127 : error.exitCode,
      stdout: text(error.stdout),
      stderr: text(error.stderr) || error.shortMessage,
      cause: error,
    }
  }
}

/**
 * Runs a tool to its end and returns what it wrote on standard output.
 *
 * @throws BenchError `machine` if the tool is missing, `failed` with its stderr if it fails.
 */
export async function runTool({ command, input, what }: ToolCall): Promise<string> {
  const result = await tryTool(command, input)
  if (result.state === 'done') return result.stdout
  throw toolError(result, command[0], what)
}

/** The error that tells of a failure. @param what completes `Could not …` */
export function toolError({ exitCode, stderr, cause }: ToolFailure, file: string, what: string): BenchError {
  if (exitCode === 127)
    return new BenchError(`Could not ${what}: ${file} is not installed`, {
      trouble: 'machine',
      hint: 'run `bench doctor` to see what is missing and how to get it',
      cause,
    })
  const lines = stderr.trim().split('\n')
  return new BenchError(`Could not ${what}: ${lines[0] ?? 'it failed'}`, {
    trouble: 'failed',
    details: lines.length > 1 ? stderr : '',
    cause,
  })
}
