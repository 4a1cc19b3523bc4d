import { chmodSync } from 'node:fs'
import test, { type ExecutionContext } from 'ava'
import { copyProject, type Launch } from './project-copy.ts'

/** Calls the launcher under a limit, as a shell sets it. */
function launchUnder(
  t: ExecutionContext,
  limit: string,
  commandArguments: readonly string[],
): Promise<Launch> {
  const copy = copyProject(t)
  copy.write('limited', `#!/bin/sh\nulimit ${limit}\nexec '${copy.root}/bench' "$@"\n`)
  chmodSync(copy.inside('limited'), 0o755)
  return copy.launch(commandArguments, { as: copy.inside('limited') })
}

for (const [limit, message] of [
  ['-v 1000000', 'only 1000000 KiB of address space are allowed'],
  ['-d 100000', 'only 100000 KiB of data are allowed'],
  ['-s 64', 'only 64 KiB of stack are allowed'],
] as const)
  test(`bench: under ulimit ${limit}, which Node does not start with, it says so, and ends with 3`, async (t) => {
    const { exitCode, stderr, stdout } = await launchUnder(t, limit, ['list'])
    t.is(exitCode, 3, stderr)
    t.regex(
      stderr,
      new RegExp(`^Could not start: ${message}\\nHint: .*ulimit ${limit.slice(0, 2)} unlimited`),
    )
    t.is(stdout, '')
  })

test('bench: a run is not begun where its files may not be long enough', async (t) => {
  const { exitCode, stderr } = await launchUnder(t, '-f 0', ['run', 'x'])
  t.is(exitCode, 3)
  t.regex(stderr, /^Could not start: only 0 KiB of a file are allowed\nHint: .*ulimit -f unlimited/)
})

for (const limit of ['-f 0', '-v 4000000', '-d 2000000', '-s 256'])
  test(`bench: under ulimit ${limit}, what reads goes on`, async (t) => {
    const copy = copyProject(t)
    await copy.launch(['list'])
    copy.write('limited', `#!/bin/sh\nulimit ${limit}\nexec '${copy.root}/bench' "$@"\n`)
    chmodSync(copy.inside('limited'), 0o755)
    const { told, stderr } = await copy.launch(['list'], { as: copy.inside('limited') })
    t.deepEqual(told().arguments, ['list'], stderr)
  })
