import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listRuns, readRun } from '../../src/keep/store.ts'
import { projectWith } from '../parts/project-with.ts'
import { queuedLink } from '../parts/queued-link.ts'
import { asRoot } from './as-root.ts'
import { changedScenario } from './own-scenario.ts'

/** redirect-vs-stack, on whose path `redirect` the first link is of the kind that is added. */
const text = changedScenario([
  [['paths', 'redirect', 'topology'], { links: { veth1: { kind: 'queued', queueFrames: 500, queues: 3 } } }],
])

asRoot('a kind of link that is added is built as it says, measured, and recorded', async (t) => {
  const { folder, bench } = projectWith(t, queuedLink)
  const file = join(folder, 'own.yaml')
  writeFileSync(file, text)
  const linkIn = ['--in', 'netns-2', '--', 'ip', '-details', 'link', 'show', 'dev', 'veth1@2']
  const { stdout: device, stderr } = await bench('exec', file, '--path', 'redirect', ...linkIn)
  t.regex(device, /qlen 500\b[^]*numtxqueues 3\b/, stderr)

  const results = join(folder, 'own-results')
  const folders = ['--results', results, '--reports', join(folder, 'own-reports')]
  const ran = await bench('run', file, '--quick', '--blocks', '3', ...folders)
  t.is(ran.exitCode, 0, ran.stderr)
  const { paths } = readRun(results, listRuns(results)[0]!.runId)
  t.deepEqual(
    paths.map(({ name, status, topology }) => [name, status, ...topology.links.map(({ kind }) => kind)]),
    [
      ['stack', 'measured', undefined, undefined],
      ['redirect', 'measured', 'queued', undefined],
      ['control', 'measured', undefined, undefined],
      ['floor', 'measured', undefined],
    ],
  )
})
