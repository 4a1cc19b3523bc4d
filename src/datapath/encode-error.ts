/** Values that do not fit their types: every one of them, each with the way to it. */

/** A way from the whole value to a part of it: names of fields, places in lists. */
export type ValuePath = readonly (string | number)[]

export interface ValueProblem {
  /** Empty for the whole. */
  readonly path: ValuePath
  readonly message: string
}

/** What does not fit; its message is that of the first problem. */
export class EncodeError extends Error {
  readonly problems: readonly ValueProblem[]

  constructor(problems: string | readonly ValueProblem[]) {
    const all = typeof problems === 'string' ? [{ path: [], message: problems }] : problems
    super(all[0]?.message)
    this.name = 'EncodeError'
    this.problems = all
  }
}

/** The problems that `work` finds, each `step` further down; none where it ends well. */
export function problemsOf(step: ValuePath, work: () => void): ValueProblem[] {
  try {
    work()
    return []
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error
    return error.problems.map(({ path, message }) => ({ path: [...step, ...path], message }))
  }
}

/** @throws EncodeError if there are problems */
export function requireNone(problems: readonly ValueProblem[]): void {
  if (problems.length > 0) throw new EncodeError(problems)
}
