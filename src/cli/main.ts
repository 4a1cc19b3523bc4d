/** The command line: parse, run, and the one place that sets the exit code. */
import { CommanderError } from 'commander'
import { describeError, exitCodeOf, exitCodes } from '../host/errors.ts'
import { searchPath } from '../host/search-path.ts'
import { tell } from './output.ts'
import { buildProgram } from './program.ts'

process.env.PATH = searchPath(process.env.PATH)

// A reader that has had enough, as `head` does, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok)
  throw error
})

try {
  await buildProgram().parseAsync()
} catch (error) {
  if (error instanceof CommanderError)
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  else {
    tell(describeError(error))
    process.exitCode = exitCodeOf(error)
  }
}
