import { readdirSync, readFileSync } from 'node:fs'
import test from 'ava'
import { execa } from 'execa'
import { inProject } from '../netns/bench-command.ts'

/** What makes a benchmark short; one without a line here counts something, and is told to count to one. */
const shortArguments: Readonly<Record<string, readonly string[]>> = {
  'ab-decisions.ts': ['1', 'log-normal'],
  'ab-noise.ts': ['results/redirect-vs-stack/sample/run.json'],
  'checks-recorded.ts': ['results/redirect-vs-stack'],
  'known-slope.ts': ['1', '--rounds', '2', '--blocks', '2'],
  'lying-paths.ts': ['1', '1', '--rounds', '1', '--blocks', '4'],
  'switching.ts': ['1', '--quick'],
  'trend-size.ts': ['20'],
}

const documents = ['README.md', 'docs/method.md', 'docs/ci.md']
  .map((file) => readFileSync(inProject(file), 'utf8'))
  .join('\n')

const benchmarks = readdirSync(inProject('test', 'benchmarks')).filter((name) => name.endsWith('.ts'))

// Those that the documents quote are tried as documented (documents.test.ts).
for (const file of benchmarks.filter((name) => !documents.includes(name)))
  test.serial(`benchmark ${file} does its work`, async (t) => {
    t.timeout(5 * 60 * 1000)
    const words = [inProject('test', 'benchmarks', file), ...(shortArguments[file] ?? ['1'])]
    const { exitCode, stdout, stderr } = await execa(process.execPath, words, {
      cwd: inProject(),
      reject: false,
      timeout: 300_000,
    })
    t.is(exitCode, 0, stderr)
    t.not(stdout, '')
  })
