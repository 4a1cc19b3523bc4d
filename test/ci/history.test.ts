/** The history that a branch of the repository keeps. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { execa } from 'execa'
import { inProject } from '../../src/host/project.ts'
import { parseRecord } from '../../src/keep/read.ts'
import { newlyWorse } from '../../src/ci/new-changes.ts'
import { trendJson } from '../../src/cli/commands/trend-json.ts'
import {
  type HistoryEntry,
  type RatioValues,
  entryOf,
  historyVersion,
} from '../../src/trend/history-entry.ts'
import { selectedTrends } from '../../src/trend/select.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { checkOut, commit, git } from './forge.ts'

const sampleFile = inProject('results', 'redirect-vs-stack', 'sample', 'run.json')
const sample = parseRecord(readFileSync(sampleFile, 'utf8'), sampleFile)
const branch = 'pathbench-history'

/** A repository, checked out as CI does. */
async function repository(t: ExecutionContext) {
  const folder = temporaryFolder(t)
  const origin = join(folder, 'origin')
  mkdirSync(origin)
  await git(origin, 'init', '--quiet', '--initial-branch=main')
  await commit(origin, { 'README.md': 'text\n' })
  return {
    folder,
    origin,
    workspace: await checkOut(origin, join(folder, 'workspace'), 'refs/heads/main', 1),
  }
}

/** The action's folder with the sample as a run of that id; adds it to the history. */
async function add(
  { folder, workspace }: { folder: string; workspace: string },
  { runId, startedAt = sample.startedAt, path }: { runId: string; startedAt?: string; path?: string },
) {
  const own = join(folder, runId)
  const run = join(own, 'results', sample.scenario, runId, 'run.json')
  mkdirSync(dirname(run), { recursive: true })
  writeFileSync(run, JSON.stringify({ ...sample, runId, startedAt }))
  const { exitCode, all } = await execa('sh', [inProject('src', 'ci', 'action', 'history.sh')], {
    cwd: workspace,
    extendEnv: false,
    reject: false,
    all: true,
    env: {
      PATH: `${path === undefined ? '' : `${path}:`}${process.env.PATH ?? ''}`,
      HOME: process.env.HOME ?? '/root',
      NODE_COMPILE_CACHE: inProject('build', 'compile-cache'),
      GITHUB_OUTPUT: join(own, 'output'),
      HISTORY_BRANCH: branch,
      FOLDER: own,
      RUN: run,
    },
  })
  return { exitCode, all, own }
}

/** What the action is to tell of a run. */
const linesIn = (own: string): string[] =>
  readFileSync(join(own, 'changes'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')

const times = ([ratio, low, high]: RatioValues, factor: number): RatioValues => [
  ratio * factor,
  low! * factor,
  high! * factor,
]

/** What the last of the entries brings to light, asked without the script. */
const toldBy = (entries: readonly HistoryEntry[]): string[] =>
  newlyWorse(
    JSON.parse(JSON.stringify(trendJson(selectedTrends(entries, {}, '').trends, []))),
    entries.at(-1)!.runId,
  )

/** Ids of the runs that the branch holds. */
async function runIdsIn(origin: string): Promise<string[]> {
  const text = await git(origin, 'show', `${branch}:history.jsonl`)
  return text.split('\n').map((line) => (JSON.parse(line) as { runId: string }).runId)
}

test('the first run makes the branch, and the next ones add to it', async (t) => {
  const there = await repository(t)
  const first = await add(there, { runId: 'a' })
  t.is(first.exitCode, 0, first.all)
  t.is((await add(there, { runId: 'b', startedAt: '2026-11-22T03:00:00.000Z' })).exitCode, 0)
  t.deepEqual(await runIdsIn(there.origin), ['a', 'b'])
  t.is(await git(there.origin, 'ls-tree', '--name-only', branch), 'history.jsonl')
  t.is(
    await git(there.origin, 'log', '--format=%s', branch),
    'Add run b of redirect-vs-stack\nAdd run a of redirect-vs-stack',
  )
  t.regex(readFileSync(join(first.own, 'reports', 'trend.html'), 'utf8'), /^<!doctype html>/i)
  t.is(readFileSync(join(first.own, 'changes'), 'utf8'), '')
})

test('the workspace, its index and its branches stay as they are', async (t) => {
  const there = await repository(t)
  const before = await git(there.workspace, 'rev-parse', 'HEAD')
  t.is((await add(there, { runId: 'a' })).exitCode, 0)
  t.is(await git(there.workspace, 'status', '--porcelain'), '')
  t.is(await git(there.workspace, 'rev-parse', 'HEAD'), before)
  t.is(await git(there.workspace, 'branch', '--list', branch), '')
})

test('other files of the branch are kept', async (t) => {
  const there = await repository(t)
  await git(there.origin, 'checkout', '--quiet', '--orphan', branch)
  await commit(there.origin, { 'notes.txt': 'mine\n' })
  await git(there.origin, 'checkout', '--quiet', 'main')
  t.is((await add(there, { runId: 'a' })).exitCode, 0)
  t.is(await git(there.origin, 'show', `${branch}:notes.txt`), 'mine')
  t.deepEqual(await runIdsIn(there.origin), ['a'])
})

test('what another job pushed meanwhile is kept, and ours comes after it', async (t) => {
  const there = await repository(t)
  await add(there, { runId: 'a' })
  // A git that lets the other job in before the first push.
  const tools = temporaryFolder(t)
  const elsewhere = await checkOut(there.origin, join(there.folder, 'elsewhere'), 'refs/heads/main', 1)
  const other = await add({ ...there, workspace: elsewhere }, { runId: 'b' })
  t.is(other.exitCode, 0)
  const theirs = await git(there.origin, 'rev-parse', branch)
  await git(there.origin, 'update-ref', `refs/heads/${branch}`, `${branch}~1`)
  const realGit = (await execa('sh', ['-c', 'command -v git'])).stdout
  writeFileSync(
    join(tools, 'git'),
    `#!/bin/sh
case "$*" in
*' push '*) if [ ! -e ${tools}/pushed ]; then
  : >${tools}/pushed
  ${realGit} -C ${there.origin} update-ref refs/heads/${branch} ${theirs}
fi ;;
esac
exec ${realGit} "$@"
`,
    { mode: 0o755 },
  )
  const ours = await add(there, { runId: 'c', path: tools })
  t.is(ours.exitCode, 0, ours.all)
  t.deepEqual(await runIdsIn(there.origin), ['a', 'b', 'c'])
})

test('a branch that may not be written is told with what to do', async (t) => {
  const there = await repository(t)
  await git(there.origin, 'config', 'receive.denyCurrentBranch', 'refuse')
  writeFileSync(join(there.origin, '.git', 'hooks', 'pre-receive'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  const { exitCode, all } = await add(there, { runId: 'a' })
  t.is(exitCode, 1)
  t.regex(
    all,
    /::error title=pathbench%3A the history could not be kept::Could not push to branch pathbench-history\. Give the job "permissions: \{ contents: write \}"/,
  )
})

test('an origin that does not answer is not taken for one without a history', async (t) => {
  const there = await repository(t)
  await git(there.workspace, 'remote', 'set-url', 'origin', `file://${there.folder}/gone`)
  const { exitCode, all } = await add(there, { runId: 'a' })
  t.is(exitCode, 1)
  t.regex(all, /Could not ask the repository for its branch pathbench-history/)
})

test('a lasting change for the worse is told once, by the run that brings it to light', async (t) => {
  const there = await repository(t)
  const entry = entryOf(sample)
  /** Runs in which redirect's throughput ratio is the sample's by a factor, with a percent of noise. */
  const runs = Array.from({ length: 68 }, (_, index) => {
    const factor = (index < 60 ? 1.1 : 1) * (1 + [0.004, -0.003, 0.001, -0.005, 0.003, 0][index % 6]!)
    const redirect = Object.fromEntries(
      Object.entries(entry.ratios.redirect!).map(([metric, values]) => [
        metric,
        metric === 'throughputPps' ? times(values, factor) : values,
      ]),
    )
    return {
      schemaVersion: historyVersion,
      ...entry,
      runId: `run-${index}`,
      startedAt: new Date(Date.UTC(2026, 8, 1 + index)).toISOString(),
      ratios: { ...entry.ratios, redirect },
    }
  })
  const withNew = (until: number): HistoryEntry[] => [
    ...runs.slice(0, until),
    { ...entry, runId: `new-${until}`, startedAt: runs[until]!.startedAt },
  ]
  const finder = runs.findIndex((_, until) => until >= 60 && toldBy(withNew(until)).length > 0)
  t.true(finder > 60, 'the first run at the new level is not enough to tell')

  const told: string[][] = []
  for (const until of [finder - 1, finder]) {
    await git(there.origin, 'checkout', '--quiet', '-B', branch)
    await commit(there.origin, {
      'history.jsonl': runs
        .slice(0, until)
        .map((run) => `${JSON.stringify(run)}\n`)
        .join(''),
    })
    await git(there.origin, 'checkout', '--quiet', 'main')
    const { startedAt } = runs[until]!
    const { exitCode, own, all } = await add(there, { runId: `new-${until}`, startedAt })
    t.is(exitCode, 0, all)
    told.push(linesIn(own))
  }
  t.deepEqual(told[0], [])
  t.is(told[1]?.length, 1)
  t.regex(
    told[1]![0]!,
    /^redirect-vs-stack: throughput of redirect: −(8|9)\.\d % since the run of 2026-10-31$/,
  )

  const after = await add(there, { runId: 'after', startedAt: '2026-12-01T00:00:00.000Z' })
  t.deepEqual(linesIn(after.own), [])
})
