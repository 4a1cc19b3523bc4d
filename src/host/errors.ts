/**
 * The one error that a user is meant to read: what failed, why, and what to do. Everything else
 * that is thrown is a defect of pathbench, and exits with 1.
 */

/** Exit codes of `bench`, by what they mean. */
export const exitCodes = {
  ok: 0,
  internal: 1,
  usage: 2,
  machine: 3,
  failed: 4,
  regression: 5,
  interrupted: 130,
} as const

/** What kind of trouble it is; decides the exit code. */
export type Trouble = 'usage' | 'machine' | 'failed' | 'interrupted'

export interface BenchErrorOptions {
  readonly trouble: Trouble
  /** What to do about it. */
  readonly hint?: string
  /** What the tool that failed said, shown below the message. */
  readonly details?: string
  readonly cause?: unknown
}

/** A failure in the user's terms. `message` reads `Could not <verb> <noun>: <cause>`. */
export class BenchError extends Error {
  readonly trouble: Trouble
  readonly hint: string | undefined
  readonly details: string | undefined

  constructor(message: string, options: BenchErrorOptions) {
    super(message, { cause: options.cause })
    this.name = 'BenchError'
    this.trouble = options.trouble
    this.hint = options.hint
    this.details = options.details
  }
}

/** The exit code for whatever was thrown. */
export function exitCodeOf(error: unknown): number {
  return error instanceof BenchError ? exitCodes[error.trouble] : exitCodes.internal
}

/** What a user can read, of whatever was thrown. @throws what is a defect of ours */
export function asBenchError(error: unknown): BenchError {
  if (error instanceof BenchError) return error
  throw error
}

/** One error for two: it is the first, and tells the other below where that says anything else. */
export const bothOf = <Second extends BenchError | undefined>(
  first: BenchError | undefined,
  second: Second,
): BenchError | Second =>
  first === undefined || second === undefined || first.message === second.message
    ? (first ?? second)
    : new BenchError(first.message, {
        trouble: first.trouble,
        details: [first.details, second.message, second.details]
          .filter((text) => text !== undefined)
          .join('\n'),
        ...(first.hint === undefined ? {} : { hint: first.hint }),
        cause: second,
      })

/** Does what comes after something that failed, perhaps: what fails of it is told below that. */
export const tellingFirst = async <Result>(
  first: BenchError | undefined,
  then: Promise<Result>,
): Promise<Result> =>
  await then.catch((error: unknown) => {
    throw bothOf(first, asBenchError(error))
  })

/** What ended before there was anything to keep. */
export const nothingMeasured = (cause?: unknown): BenchError =>
  new BenchError('Interrupted before anything was measured', { trouble: 'interrupted', cause })

/** `error` as the lines that a user reads on stderr. */
export function describeError(error: unknown): string {
  if (!(error instanceof BenchError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return `Internal error (please report it): ${text}`
  }
  const details = error.details?.trim()
  return [
    error.message,
    ...(details === undefined || details === '' ? [] : details.split('\n').map((line) => `  ${line}`)),
    ...(error.hint === undefined ? [] : [`Hint: ${error.hint}`]),
  ].join('\n')
}

/** The system's code of an error from Node (`ENOENT`, `EACCES`, …), or undefined. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
