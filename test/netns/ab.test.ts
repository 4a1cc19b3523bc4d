/** Two versions of a program, measured against each other for real. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { ownProgramScenario, slowSource, source } from './own-program.ts'
import { ownScenario } from './own-scenario.ts'

const text = ownProgramScenario()
const small = ['--rounds', '6', '--blocks', '8', '--no-report', '--margin', '5%']

const preempted = 'not decided: its sender had the CPU'

asRoot('a version that is slower is a regression, once a second run confirms it', async (t) => {
  const own = ownScenario(t, text, { 'mine.bpf.c': slowSource })
  const before = join(own.folder, 'before')
  mkdirSync(before)
  writeFileSync(join(before, 'own.yaml'), text)
  writeFileSync(join(before, 'mine.bpf.c'), source)
  const words = ['ab', own.file, '--base', before, '--results', own.resultsFolder, ...small]
  const { exitCode, stdout, stderr } = await bench(words)
  t.is(exitCode, 5, stderr)
  t.regex(stdout, /\nthroughput .* regression, confirmed by a second run: −/)
  // Of a cost nothing is said where a busy machine had the sender wait, which it does to long trials more.
  t.regex(
    stdout,
    new RegExp(`\nsender CPU time .* (regression, confirmed by a second run: \\+|${preempted})`),
  )
  t.regex(stderr, /Measuring again to confirm: .*throughput/)
  t.notRegex(`${stdout}${stderr}`, /CPU time per packet.*not clear/)

  const runs = listRuns(own.resultsFolder)
  t.is(runs.length, 2)
  const record = readRun(own.resultsFolder, runs[0]!.folder)
  t.deepEqual(
    record.paths.map(({ name, role, status }) => [name, role, status]),
    [
      ['base', 'baseline', 'measured'],
      ['head', 'candidate', 'measured'],
      ['control', 'control', 'measured'],
      ['floor', 'floor', 'measured'],
    ],
  )
  t.deepEqual(record.subject?.versions, { base: before, head: 'the files as they are' })
  const ofHead = record.comparisons.find(({ path, metric }) => path === 'head' && metric === 'throughputPps')
  t.is(ofHead?.verdict, 'slower')
  t.regex(record.command, /^sudo \.\/bench ab \S+ --base \S+ --rounds 6 /)
})

asRoot('a version that is faster is none, the other way round', async (t) => {
  const own = ownScenario(t, text, { 'mine.bpf.c': source, 'slow.bpf.c': slowSource })
  const words = ['ab', own.file, '--base', join(own.folder, 'slow.bpf.c'), '--results', own.resultsFolder]
  const { exitCode, stdout, stderr } = await bench([...words, ...small])
  t.is(exitCode, 0, stderr)
  t.regex(stdout, /\nthroughput .* faster\n/)
  t.regex(stdout, new RegExp(`\nsender CPU time .* (faster\n|${preempted})`))
  t.is(listRuns(own.resultsFolder).length, 1)
})

asRoot(
  'a version whose program does not compile is told in the compiler’s words, and nothing is measured',
  async (t) => {
    const own = ownScenario(t, text, { 'mine.bpf.c': source, 'broken.bpf.c': 'int redirect(' })
    const words = ['ab', own.file, '--base', join(own.folder, 'broken.bpf.c'), '--results', own.resultsFolder]
    const { exitCode, stderr } = await bench([...words, ...small])
    t.is(exitCode, 4)
    t.regex(stderr, /Could not compile .*broken\.bpf\.c:[\s\S]*error: expected/)
    const { blocks, comparisons } = readRun(own.resultsFolder, listRuns(own.resultsFolder)[0]!.folder)
    t.deepEqual({ blocks, comparisons }, { blocks: [], comparisons: [] })
  },
)
