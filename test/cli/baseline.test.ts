import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { writeRecord } from '../../src/keep/store.ts'
import { bench } from '../netns/bench-command.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { partialRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'

const record = { ...sampleRecord(), runId: '20261112T140312Z-0000002a' }

/** A folder with a run, and `bench baseline` called from there. */
function folderWith(t: ExecutionContext) {
  const folder = temporaryFolder(t)
  writeRecord(join(folder, 'results'), record)
  const call = (...words: readonly string[]) => bench(['baseline', ...words], { cwd: folder })
  return { folder, call, file: join(folder, 'baselines', 'redirect-vs-stack', 'main.json') }
}

const results = ['--results', 'results']

test('a baseline is saved from the latest run, listed, shown and removed', async (t) => {
  const { call, file } = folderWith(t)
  const saved = await call('save', 'main', ...results)
  t.is(saved.exitCode, 0, saved.stderr)
  t.is(saved.stdout, 'baselines/redirect-vs-stack/main.json\n')
  t.true(existsSync(file))
  t.regex(
    (await call('list')).stdout,
    /^name +scenario +run +measured +kernel +version\nmain +redirect-vs-stack +20261112T140312Z-0000002a +12 November 2026.* not recorded\n/,
  )
  const { stdout } = await call('show', 'main')
  t.regex(stdout, /^redirect-vs-stack\/main: run 20261112T140312Z-0000002a/)
  t.regex(stdout, /\nthroughput +180 kpps +\+6\.0 % \(\+5\.7 to \+6\.3 %\)/)
  t.is((await call('rm', 'main')).stdout, 'removed baselines/redirect-vs-stack/main.json\n')
  t.false(existsSync(file))
})

test('a name that could lead elsewhere, one that is taken and a partial run end with 2', async (t) => {
  const { call, folder } = folderWith(t)
  const outside = await call('save', '../../main', ...results)
  t.is(outside.exitCode, 2)
  t.regex(outside.stderr, /^Could not use the name "\.\.\/\.\.\/main" for a baseline/)
  t.is((await call('save', 'main', ...results)).exitCode, 0)
  t.is((await call('save', 'main', ...results)).exitCode, 2)
  t.is((await call('save', 'main', '--force', ...results)).exitCode, 0)
  writeRecord(join(folder, 'results'), { ...partialRecord(), runId: '20261113T140312Z-0000002b' })
  const partial = await call('save', 'other', ...results)
  t.is(partial.exitCode, 2)
  t.regex(partial.stderr, /as a baseline: it is partial\nHint: .*--force/)
})

test('a damaged baseline is listed as unreadable beside the others', async (t) => {
  const { call, folder } = folderWith(t)
  await call('save', 'main', ...results)
  writeFileSync(join(folder, 'baselines', 'redirect-vs-stack', 'old.json'), '{"schemaVersion": 1,')
  const { exitCode, stdout } = await call('list')
  t.is(exitCode, 0)
  t.regex(stdout, /\nmain +redirect-vs-stack +2026/)
  t.regex(stdout, /\nold +redirect-vs-stack +unreadable\n/)
})

test('where there are no baselines, stdout is empty and stderr says how to keep one', async (t) => {
  const { call } = folderWith(t)
  const { exitCode, stdout, stderr } = await call('list')
  t.deepEqual([exitCode, stdout], [0, ''])
  t.regex(stderr, /bench baseline save <name>/)
})

test('where a baseline cannot be kept, the hint names the option for another place', async (t) => {
  const { call, folder } = folderWith(t)
  writeFileSync(join(folder, 'file'), '')
  const { exitCode, stderr } = await call('save', 'main', ...results, '--baselines', 'file')
  t.is(exitCode, 4)
  t.regex(
    stderr,
    /^Could not make folder file\/redirect-vs-stack: .*\nHint: name another place with --baselines$/m,
  )
})
