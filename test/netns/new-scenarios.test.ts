import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { commonHooks } from '../../src/parts/hooks/hooks.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { builtFrom } from './own-scenario.ts'
import { temporaryFolder } from './temporary-folder.ts'

for (const { name: hook } of commonHooks)
  asRoot(`what bench new writes for ${hook} runs as it is: every path is measured`, async (t) => {
    t.timeout(2 * 60 * 1000)
    const cwd = temporaryFolder(t)
    t.teardown(() => {
      for (const built of builtFrom(cwd)) rmSync(built, { recursive: true })
    })
    t.is((await bench(['new', 'mine', '--hook', hook], { cwd })).exitCode, 0)
    const shown = await bench(['show', 'mine/mine.yaml'], { cwd })
    t.is(shown.exitCode, 0, shown.stderr)
    const options = ['--quick', '--rounds', '1', '--blocks', '1', '--no-report', '--json']
    const run = await bench(['run', 'mine/mine.yaml', '--results', join(cwd, 'results'), ...options], { cwd })
    t.is(run.exitCode, 0, run.stderr)
    const { paths } = JSON.parse(run.stdout) as RunRecord
    t.deepEqual(
      paths.map(({ name, status }) => `${name} ${status}`),
      ['stack measured', 'mine measured', 'control measured', 'floor measured'],
    )
  })
