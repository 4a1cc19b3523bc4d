/** How commands end that offer packets at given rates. */
import { type BenchError, exitCodes } from '../../host/errors.ts'
import type { PathRecord } from '../../record/record.ts'

interface RateEnd {
  readonly paths: readonly Pick<PathRecord, 'status'>[]
  readonly failure: BenchError | undefined
  readonly isInterrupted: boolean
}

/** @throws BenchError what broke */
export function rateExitCode({ paths, failure, isInterrupted }: RateEnd): number {
  if (failure !== undefined) throw failure
  if (isInterrupted) return exitCodes.interrupted
  return paths.some(({ status }) => status === 'invalid') ? exitCodes.failed : exitCodes.ok
}
