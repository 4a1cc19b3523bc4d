import { BenchError, describeError } from '../../src/host/errors.ts'

/** What a user reads where `act` refuses a wrong usage. @throws Error if it does not */
export function refused(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof BenchError && error.trouble === 'usage') return describeError(error)
    throw error
  }
  throw new Error('it was not refused')
}
