import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import type { RunRecord } from '../../src/record/record.ts'
import { madeUpLoad, imaginedScenario } from '../parts/made-up-load.ts'
import { projectWith } from '../parts/project-with.ts'
import { listRuns } from '../../src/keep/store.ts'

test('a kind of load and metrics that are added are measured, recorded, reported and exported', async (t) => {
  const { folder, bench } = projectWith(t, madeUpLoad)
  const places = ['--results', join(folder, 'results'), '--reports', join(folder, 'reports')]
  const run = await bench('run', imaginedScenario(folder), '--rounds', '2', '--blocks', '3', ...places)
  t.is(run.exitCode, 0, run.stderr)

  const [kept] = listRuns(join(folder, 'results'))
  const text = readFileSync(join(kept!.folder, 'run.json'), 'utf8')
  const record = JSON.parse(text) as RunRecord
  t.deepEqual(
    record.settings.trials.map(({ kind, packets, payloadBytes }) => [kind, packets, payloadBytes]),
    [
      ['imagined', 100, 1472],
      ['paced', 250, 64],
    ],
  )
  const metrics = record.comparisons.filter(({ path }) => path === 'redirect').map(({ metric }) => metric)
  t.true(metrics.includes('imaginedNs.p50') && metrics.includes('imaginedSpreadNs'), metrics.join(' '))
  const lossRule = record.paths[0]?.proof.find(({ what }) => what === 'packets lost in imagined trials')
  t.is(lossRule?.holds, true)

  const report = readFileSync(join(folder, 'reports', kept!.scenario, `${kept!.runId}.html`), 'utf8')
  t.regex(report, /full-frame round trip/)
  t.regex(readFileSync(join(kept!.folder, 'samples.csv'), 'utf8'), /,imaginedSpreadNs,ns,/)
  const exported = await bench(
    'export',
    'latest',
    '--format',
    'openmetrics',
    '--results',
    join(folder, 'results'),
  )
  t.regex(exported.stdout, /imagined_spread/, exported.stderr)
})
