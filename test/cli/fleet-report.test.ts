import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { fleets } from '../../src/keep/fleet-store.ts'
import { writeRecord } from '../../src/keep/store.ts'
import { bench } from '../netns/bench-command.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { sampleRecord } from '../report/sample-record.ts'

test('the report of a fleet is written by its id, as that of all else that is kept', async (t) => {
  const folder = temporaryFolder(t)
  const [results, reports] = [join(folder, 'results'), join(folder, 'reports')]
  const fleetId = 'fleet-20261127T100000Z-00000001'
  const kept = fleets.write(results, {
    ...{ schemaVersion: 1, fleetId, scenario: 'redirect-vs-stack' },
    ...{ inventory: 'hosts.yaml', options: ['--quick'], complete: true },
    ...{ startedAt: '2026-11-27T10:00:00.000Z', finishedAt: '2026-11-27T10:01:00.000Z' },
    hosts: [{ host: 'node-1', state: 'measured' }],
  })
  const record = { ...sampleRecord(), runId: '20261112T140312Z-00000001' }
  writeRecord(join(kept, 'node-1'), { ...record, environment: { ...record.environment, host: 'node-1' } })
  const places = ['--results', results, '--reports', reports]
  const { exitCode, stdout, stderr } = await bench(['report', 'fleet-2026', ...places])
  t.is(exitCode, 0, stderr)
  t.is(stdout, `${join(reports, 'redirect-vs-stack', `${fleetId}.html`)}\n`)
  t.regex(readFileSync(stdout.trim(), 'utf8'), /^<!doctype html>[\s\S]*node-1/i)
})
