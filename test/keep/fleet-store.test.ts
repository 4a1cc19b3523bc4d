import { join } from 'node:path'
import test from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { ownFileName } from '../../src/host/file-name.ts'
import { fleets, readFleet } from '../../src/keep/fleet-store.ts'
import { listRuns, writeRun } from '../../src/keep/store.ts'
import type { Fleet } from '../../src/record/fleet.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { sampleRecord } from '../report/sample-record.ts'

const fleet: Fleet = {
  ...{ schemaVersion: 1, fleetId: 'fleet-20261127T100000Z-00000001', scenario: 'redirect-vs-stack' },
  ...{ inventory: 'hosts.yaml', options: ['--quick'], complete: true },
  ...{ startedAt: '2026-11-27T10:00:00.000Z', finishedAt: '2026-11-27T10:01:00.000Z' },
  hosts: [
    { host: 'web/2', state: 'measured' },
    { host: '..', state: 'measured' },
    { host: 'gone', state: 'unreachable', reason: 'no route' },
    { host: 'lost', state: 'measured' },
  ],
}

const recordOf = (host: string) => {
  const record = sampleRecord()
  return { ...record, runId: '20261112T140312Z-00000001', environment: { ...record.environment, host } }
}

test('a fleet is read with the records of its hosts, whose names stay inside of its folder', (t) => {
  const results = temporaryFolder(t)
  const folder = fleets.write(results, fleet)
  for (const host of ['web/2', '..']) writeRun(join(folder, ownFileName(host)), recordOf(host))
  for (const name of [folder, join(folder, 'fleet.json'), fleet.fleetId, 'fleet-2026']) {
    const { hosts } = readFleet(results, name).fleet
    t.deepEqual(
      hosts.map(({ host, state, record }) => [host, state, record?.environment.host]),
      [
        ['web/2', 'measured', 'web/2'],
        ['..', 'measured', '..'],
        ['gone', 'unreachable', undefined],
        ['lost', 'failed', undefined],
      ],
    )
    t.is(hosts[3]!.reason, 'no record of redirect-vs-stack is there')
  }
  t.deepEqual(listRuns(results), [])
})

test('a folder with a folder of results for each host is a fleet, by the names that records have', (t) => {
  const results = temporaryFolder(t)
  writeRun(join(results, ownFileName('web/2')), recordOf('web/2'))
  writeRun(join(results, 'node-1'), recordOf('some container'))
  const { fleet: read } = readFleet(results, results)
  t.deepEqual(
    read.hosts.map(({ host, state }) => [host, state]),
    [
      ['node-1', 'measured'],
      ['web/2', 'measured'],
    ],
  )
})

test('what is no fleet, or one of a later version, is refused with what to do', (t) => {
  const results = temporaryFolder(t)
  t.throws(() => readFleet(results, 'redirect-vs-stack'), {
    instanceOf: BenchError,
    message: 'Could not find a fleet "redirect-vs-stack"',
  })
  fleets.write(results, { ...fleet, schemaVersion: 2 })
  t.throws(() => readFleet(results, fleet.fleetId), { message: /it is of version 2/ })
})
