/** The one way to run a process to its end. */
import { execa, ExecaError } from 'execa'
import { BenchError } from './errors.ts'
import { isOutOfProcesses, OutOfProcesses } from './process-room.ts'
import { watch, type Watchdog } from './watchdog.ts'

export type Command = readonly [file: string, ...arguments: string[]]

export interface ToolCall {
  readonly command: Command
  /** Written to its standard input. */
  readonly input?: string
  /** Completes `Could not …` when it fails: `add the links of path "stack"`. */
  readonly what: string
  /** Longest that it may take, where that is not `usualLimitS`. */
  readonly limitS?: number
  /** What to do about a refusal, by its words; undefined where they say enough. */
  readonly hintFor?: (stderr: string) => string | undefined
}

/** How a tool ended that did its work. */
export interface ToolSuccess {
  readonly state: 'done'
  readonly stdout: string
  readonly stderr: string
}

/** Longest that a tool may take, many times what any needs on a slow machine. */
export const usualLimitS = 600

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
  limitS = usualLimitS,
): Promise<ToolSuccess | ToolFailure> {
  let watchdog: Watchdog | undefined
  try {
    const child = execa(file, commandArguments, {
      input,
      detached: true,
      env: { LC_ALL: 'C' },
      stripFinalNewline: false,
    })
    watchdog = watch(child.pid, limitS)
    const { stdout, stderr } = await child
    return { state: 'done', stdout, stderr }
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error
    const reason = watchdog?.reason()
    if (reason !== undefined) return killed(error, reason)
    const text = (value: unknown): string => (typeof value === 'string' ? value : '')
    return {
      state: 'failed',
      exitCode: error.code === 'ENOENT' ? 127 : error.exitCode,
      stdout: text(error.stdout),
      stderr: text(error.stderr) || error.shortMessage,
      cause: error,
    }
  } finally {
    watchdog?.callOff()
  }
}

const killed = (cause: { readonly stdout?: unknown }, reason: string): ToolFailure => ({
  state: 'failed',
  exitCode: undefined,
  stdout: typeof cause.stdout === 'string' ? cause.stdout : '',
  stderr: `${reason}, and was killed`,
  cause,
})

/**
 * Runs a tool to its end and returns what it wrote on standard output.
 *
 * @throws BenchError `machine` if the tool is missing or no process can be started, `failed` with its stderr if it fails.
 */
export async function runTool(call: ToolCall): Promise<string> {
  const result = await tryTool(call.command, call.input, call.limitS)
  if (result.state === 'done') return result.stdout
  throw callError(result, call)
}

/** Why a call failed, and what to do. */
export const callError = (failure: ToolFailure, { command, what, hintFor }: ToolCall): BenchError =>
  toolError(failure, command[0], what, hintFor?.(failure.stderr))

/**
 * What a tool said in JSON. Another program of its name, or one of its versions, may say something else.
 *
 * @throws BenchError `machine`
 */
export function parseAnswer<Answer>(
  text: string,
  tool: string,
  what: string,
  schema: { readonly parse: (value: unknown) => Answer },
): Answer {
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw new BenchError(`Could not ${what}: ${tool} gave another answer than expected`, {
      trouble: 'machine',
      details: text.slice(0, 200),
      hint: `\`bench doctor\` shows which ${tool} is called`,
      cause: error,
    })
  }
}

/** The program that a shell did not find which was to run it. */
const notFound = (stderr: string): string | undefined => /([^\s:]+): (?:command )?not found/.exec(stderr)?.[1]

/** The error that tells of a failure. @param what completes `Could not …` */
export function toolError(
  { exitCode, stderr, cause }: ToolFailure,
  file: string,
  what: string,
  hint?: string,
): BenchError {
  if (exitCode === 127)
    return new BenchError(`Could not ${what}: ${notFound(stderr) ?? file} is not installed`, {
      trouble: 'machine',
      hint: 'run `bench doctor` to see what is missing and how to get it',
      cause,
    })
  if (isOutOfProcesses(stderr, cause))
    return new OutOfProcesses(`Could not ${what}: no process could be started`, stderr, cause)
  const lines = stderr.trim().split('\n')
  return new BenchError(
    `Could not ${what}: ${lines[0] || `it ended with ${exitCode ?? 'a signal'}, and said nothing`}`,
    {
      trouble: 'failed',
      details: lines.length > 1 ? stderr : '',
      ...(hint === undefined ? {} : { hint }),
      cause,
    },
  )
}
