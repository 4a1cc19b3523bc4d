/** What comes of it where too few processes and threads may be started (pids.max, `ulimit -u`). */
import { chmodSync } from 'node:fs'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { asRoot } from './as-root.ts'
import { bench, benchCommand, inProject } from './bench-command.ts'
import { changedText, ownScenario } from './own-scenario.ts'
import { processLimit } from './process-limit.ts'
import { temporaryFolder } from './temporary-folder.ts'

const brief = ['--rounds', '1', '--blocks', '1', '--no-report']
const sample = inProject('results', 'redirect-vs-stack', 'sample', 'run.json')

/** Node waits for ever for a thread that it could not start: the launcher must not call it. */
for (const count of [3, 5, 8])
  asRoot(`in a control group that takes ${count} processes, nothing is started, with 3`, async (t) => {
    const group = processLimit(t, count)
    if (group === undefined) return t.pass()
    const ended = await bench(['list'], { isByLauncher: true, within: group.within })
    t.is(ended.exitCode, 3, ended.stderr)
    t.regex(ended.stderr, /^Could not start: there is no room for \d+ processes.*\nHint: raise .*pids\.max/m)
    t.is(await group.left(), '')
  })

asRoot('where the shell itself cannot fork, what to raise stands below what it says', async (t) => {
  const group = processLimit(t, 1)
  if (group === undefined) return t.pass()
  const ended = await bench(['list'], { isByLauncher: true, within: group.within })
  t.is(ended.exitCode, 3, ended.stderr)
  t.regex(ended.stderr, /fork.*\nHint: .*pids\.max/)
})

asRoot('a run is not begun in a control group that has too little room for it', async (t) => {
  const group = processLimit(t, 16)
  if (group === undefined) return t.pass()
  const own = ownScenario(t, changedText('redirect-vs-stack', []))
  const ended = await bench(own.runArguments(...brief), { within: group.within })
  t.is(ended.exitCode, 3, ended.stderr)
  t.regex(ended.stderr, /^Could not start: only \d+ more processes may be started in .*\nHint: .*pids\.max/m)
  t.is(await group.left(), '')
})

asRoot('a run that comes to the limit ends with 3, says what to raise, and leaves nothing', async (t) => {
  // Enough to begin with. Two web servers on each of seven paths stay for the whole round: 29 with Node's own threads.
  const group = processLimit(t, 28)
  if (group === undefined) return t.pass()
  const own = ownScenario(t, changedText('dsr-vs-nat', []))
  const ended = await bench(own.runArguments(...brief), { within: group.within })
  t.is(ended.exitCode, 3, ended.stderr)
  t.regex(ended.stderr, /^Could not .*: no process could be started\n(?: .*\n)*Hint: raise .*pids\.max/m)
  t.notRegex(ended.stderr, /Internal error|no answer/)
  t.is(await group.left(), '')
})

/** A user with no other process. */
const user = 54_321

/** Runs the launcher as that user, with so many processes and threads at a time; undefined where they may not read the project. */
async function benchOfUser(t: ExecutionContext, count: number, words: readonly string[]) {
  const asUser = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--']
  const [file, ...rest] = asUser
  const reads = await execa(
    file!,
    [...rest, process.execPath, '--print', `require('fs').readFileSync('${sample}').length`],
    { reject: false },
  )
  if (reads.exitCode !== 0) {
    t.log('the project cannot be read by others than root here')
    return undefined
  }
  const limited = [...rest, 'prlimit', `--nproc=${count}`, '--', ...benchCommand(words, true)]
  return execa(file!, limited, { reject: false, timeout: 60_000 })
}

for (const count of [2, 3, 8])
  asRoot(`an ordinary user with ulimit -u ${count} is told to raise it, with 3`, async (t) => {
    const ended = await benchOfUser(t, count, ['list'])
    if (ended === undefined) return t.pass()
    t.is(ended.exitCode, 3, ended.stderr)
    t.regex(ended.stderr, /^(?:Could not start: there is no room|.*fork).*\nHint: .*raise .*ulimit -u/im)
  })

for (const words of [['list'], ['show', 'redirect-vs-stack'], ['report', sample]])
  asRoot(`an ordinary user with ulimit -u 20 may call bench ${words[0]}`, async (t) => {
    const reports = temporaryFolder(t)
    chmodSync(reports, 0o777)
    const more = words[0] === 'report' ? ['--reports', reports] : []
    const ended = await benchOfUser(t, 20, [...words, ...more])
    if (ended === undefined) return t.pass()
    t.is(ended.exitCode, 0, ended.stderr)
  })
