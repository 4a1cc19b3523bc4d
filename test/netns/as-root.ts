/** Tests that need root, and say so where they are skipped for want of it. */
import test, { type ExecutionContext, type ImplementationFn } from 'ava'

export const isRoot = process.getuid?.() === 0

type Implementation = ImplementationFn<[]>

/** A test that needs root. They run one after the other: they share the machine's lock and its CPUs. */
export const asRoot = (title: string, implementation: Implementation): void => {
  if (isRoot) test.serial(title, implementation)
  else test.serial.skip(`${title} (needs root)`, implementation)
}

/** The same, where something else is there, too. @param lack says what is not; undefined where it is */
export const asRootWith =
  (lack: string | undefined) =>
  (title: string, implementation: Implementation): void => {
    if (lack === undefined || !isRoot) asRoot(title, implementation)
    else test.serial.skip(`${title} (${lack})`, implementation)
  }

/** What the tests of a file share, made before the first and taken away after the last. */
export const sharedAsRoot = (
  make: (t: ExecutionContext) => Promise<void>,
  takeAway: () => Promise<void>,
): void => {
  if (!isRoot) return
  test.before(make)
  test.after.always(takeAway)
}
