import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { execa } from 'execa'
import { writeRecord } from '../../src/keep/store.ts'
import { benchCommand } from '../netns/bench-command.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { piped } from './piped.ts'

test('check ends with 5 on a breached gate, though who reads has had enough', async (t) => {
  const folder = temporaryFolder(t)
  writeRecord(join(folder, 'results'), { ...sampleRecord(), runId: '20261112T140312Z-0000002a' })
  writeFileSync(
    join(folder, 'bench.gates.yaml'),
    'redirect-vs-stack:\n  - redirect.throughputPps.ratio >= 1.2\n',
  )
  const words = ['check', 'latest', '--results', 'results']
  for (const reader of ['| head -1', '| true', '2>&1 | true', '>/dev/null 2>&1']) {
    const { exitCode, stderr } = await piped(words, reader, folder)
    t.is(exitCode, 5, `${reader}: ${stderr}`)
  }
  const failing = await execa(
    'bash',
    ['--norc', '-o', 'pipefail', '-c', '"$@" | head -1', 'bash', ...benchCommand(words)],
    {
      cwd: folder,
      reject: false,
    },
  )
  t.is(failing.exitCode, 5)
})

test('a mistake keeps its exit code, though nobody reads what it was', async (t) => {
  t.is((await piped(['show', 'no-such-scenario'], '2>&1 | true')).exitCode, 2)
  t.is((await piped(['frobnicate'], '2>&1 | true')).exitCode, 2)
})

for (const words of [['list'], ['--help'], ['--version'], ['show', 'redirect-vs-stack'], ['schema', 'run']]) {
  test(`bench ${words.join(' ')} ends with 0, though who reads has had enough`, async (t) => {
    const { exitCode, stderr } = await piped(words, '| true')
    t.is(exitCode, 0, stderr)
    t.is(stderr, 'bench: 0')
  })

  test(`bench ${words.join(' ')} says so where its output is full, without a stack`, async (t) => {
    const { exitCode, stderr } = await piped(words, '>/dev/full')
    t.is(exitCode, 4)
    t.regex(stderr, /^Could not write to standard output: ENOSPC: .*\nHint: free some space.*\nbench: 4$/)
  })
}
