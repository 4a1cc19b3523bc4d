/** What comes of it where too few processes and threads may be started (pids.max, `ulimit -u`). */
import { chmodSync } from 'node:fs'
import { execa, execaSync } from 'execa'
import { asRootWith, isRoot } from './as-root.ts'
import { bench, benchCommand, inProject } from './bench-command.ts'
import { changedText, ownScenario } from './own-scenario.ts'
import { lackOfLimits, processLimit } from './process-limit.ts'
import { temporaryFolder } from './temporary-folder.ts'

const brief = ['--rounds', '1', '--blocks', '1', '--no-report']
const sample = inProject('results', 'redirect-vs-stack', 'sample', 'run.json')

const withLimits = asRootWith(isRoot ? lackOfLimits() : undefined)

/** Node waits for ever for a thread that it could not start: the launcher must not call it. */
for (const count of [3, 5, 8])
  withLimits(`in a control group that takes ${count} processes, nothing is started, with 3`, async (t) => {
    const group = processLimit(t, count)
    const ended = await bench(['list'], { isByLauncher: true, within: group.within })
    t.is(ended.exitCode, 3, ended.stderr)
    t.regex(ended.stderr, /^Could not start: there is no room for \d+ processes.*\nHint: raise .*pids\.max/m)
    t.is(await group.left(), '')
  })

withLimits('where the shell itself cannot fork, what to raise stands below what it says', async (t) => {
  const group = processLimit(t, 1)
  const ended = await bench(['list'], { isByLauncher: true, within: group.within })
  t.is(ended.exitCode, 3, ended.stderr)
  t.regex(ended.stderr, /fork.*\nHint: .*pids\.max/)
})

withLimits('a run is not begun in a control group that has too little room for it', async (t) => {
  const group = processLimit(t, 16)
  const own = ownScenario(t, changedText('redirect-vs-stack', []))
  const ended = await bench(own.runArguments(...brief), { within: group.within })
  t.is(ended.exitCode, 3, ended.stderr)
  t.regex(ended.stderr, /^Could not start: only \d+ more processes may be started in .*\nHint: .*pids\.max/m)
  t.is(await group.left(), '')
})

withLimits('a run that comes to the limit ends with 3, says what to raise, and leaves nothing', async (t) => {
  // Enough to begin with. Two web servers on each of seven paths stay for the whole round: 29 with Node's own threads.
  const group = processLimit(t, 28)
  const own = ownScenario(t, changedText('dsr-vs-nat', []))
  const ended = await bench(own.runArguments(...brief), { within: group.within })
  t.is(ended.exitCode, 3, ended.stderr)
  t.regex(ended.stderr, /^Could not .*: no process could be started\n(?: .*\n)*Hint: raise .*pids\.max/m)
  t.notRegex(ended.stderr, /Internal error|no answer/)
  t.is(await group.left(), '')
})

/** A user with no other process. */
const user = 54_321

const [asUser, ...userWords] = [
  'setpriv',
  `--reuid=${user}`,
  `--regid=${user}`,
  '--clear-groups',
  '--',
] as const

/** Why they cannot call bench; undefined where they can. */
function lackOfUser(): string | undefined {
  const reads = `require('fs').readFileSync('${sample}').length`
  const { exitCode } = execaSync(asUser, [...userWords, process.execPath, '--print', reads], {
    reject: false,
  })
  return exitCode === 0 ? undefined : 'the project cannot be read by others than root here'
}

const asUserToo = asRootWith(isRoot ? lackOfUser() : undefined)

/** Runs the launcher as that user, with so many processes and threads at a time. */
const benchOfUser = async (count: number, words: readonly string[]) =>
  await execa(asUser, [...userWords, 'prlimit', `--nproc=${count}`, '--', ...benchCommand(words, true)], {
    reject: false,
    timeout: 60_000,
  })

for (const count of [2, 3, 8])
  asUserToo(`an ordinary user with ulimit -u ${count} is told to raise it, with 3`, async (t) => {
    const ended = await benchOfUser(count, ['list'])
    t.is(ended.exitCode, 3, ended.stderr)
    t.regex(ended.stderr, /^(?:Could not start: there is no room|.*fork).*\nHint: .*raise .*ulimit -u/im)
  })

for (const words of [['list'], ['show', 'redirect-vs-stack'], ['report', sample]])
  asUserToo(`an ordinary user with ulimit -u 20 may call bench ${words[0]}`, async (t) => {
    const reports = temporaryFolder(t)
    chmodSync(reports, 0o777)
    const more = words[0] === 'report' ? ['--reports', reports] : []
    const ended = await benchOfUser(20, [...words, ...more])
    t.is(ended.exitCode, 0, ended.stderr)
  })
