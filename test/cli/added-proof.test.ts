import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from '../netns/as-root.ts'
import { changedScenario } from '../netns/own-scenario.ts'
import { imaginedRule } from '../parts/imagined-rule.ts'
import { projectWith } from '../parts/project-with.ts'

const none = { expected: 'none', observed: '0', holds: true }

asRoot('a rule of proof that was added is judged, and found in the record', async (t) => {
  const { folder, bench } = projectWith(t, imaginedRule)
  const file = join(folder, 'whole.yaml')
  writeFileSync(file, changedScenario([[['paths', 'redirect', 'proof', 0], { imaginedSpoilt: 'none' }]]))
  const { stdout, stderr, exitCode } = await bench('run', file, '--quick', '--blocks', '3')
  t.is(exitCode, 0, `${stdout}\n${stderr}`)
  const runs = join(folder, 'results', 'redirect-vs-stack')
  const [run = ''] = readdirSync(runs).filter((name) => /^\d/.test(name))
  // Kinds of trial stand in the order in which the first block had them.
  const { paths } = JSON.parse(readFileSync(join(runs, run, 'run.json'), 'utf8')) as RunRecord
  t.deepEqual(
    paths.map(({ name, proof }) => [
      name,
      proof
        .filter(({ what }) => what.endsWith('that came spoilt'))
        .toSorted((a, b) => a.what.localeCompare(b.what)),
    ]),
    [
      ['stack', []],
      [
        'redirect',
        ['flood', 'paced', 'pingpong'].map((kind) => ({
          what: `packets of ${kind} trials that came spoilt`,
          ...none,
        })),
      ],
      ['control', []],
      ['floor', []],
    ],
  )
})
