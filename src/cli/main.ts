/** The command line: parse, run, and the one place that sets the exit code. */
import { CommanderError } from 'commander'
import { endWithCallers } from '../host/callers.ts'
import { BenchError, describeError, exitCodeOf, exitCodes } from '../host/errors.ts'
import { asCalled } from '../host/project.ts'
import { outliveFileSizeLimit } from '../host/room-for-files.ts'
import { searchPath } from '../host/search-path.ts'
import { outliveReaders, outputFailure, tell } from './terminal/output.ts'
import { buildProgram } from './program.ts'

process.env.PATH = searchPath(process.env.PATH)
outliveReaders()
outliveFileSizeLimit()
// Of a run that another machine has asked for.
if (process.env.BENCH_ENDS_WITH_CALLERS === '1') endWithCallers()

/** @throws BenchError `usage` where the folder that relative names begin at has been removed */
function requireWorkingFolder(): void {
  try {
    process.cwd()
  } catch (error) {
    throw new BenchError('Could not start: the folder that this was called in is gone', {
      trouble: 'usage',
      hint: 'cd to one that is there',
      cause: error,
    })
  }
}

function fail(error: unknown): void {
  tell(asCalled(describeError(error)))
  process.exitCode = exitCodeOf(error)
}

try {
  requireWorkingFolder()
  await (await buildProgram(process.argv[2])).parseAsync()
} catch (error) {
  if (error instanceof CommanderError)
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  else fail(error)
}

// A file that takes no more says so only when all has been tried.
process.once('beforeExit', () => {
  const error = outputFailure()
  if (error !== undefined && (process.exitCode ?? exitCodes.ok) === exitCodes.ok) fail(error)
})
