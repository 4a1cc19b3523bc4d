import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { listRuns, writeRun } from '../../src/keep/store.ts'
import {
  pointFolder,
  readPoints,
  readRounds,
  removeRounds,
  sweeps,
  writeRound,
} from '../../src/keep/sweep-store.ts'
import { madeUpRecords, madeUpSweep } from '../sweep/made-up-sweep.ts'

function newFolder(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench test-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  return folder
}

test('a sweep is found by its folder, its file, its id and the start of that, and is no run', (t) => {
  const results = newFolder(t)
  const folder = sweeps.write(results, madeUpSweep)
  for (const name of [folder, join(folder, 'sweep.json'), madeUpSweep.sweepId, 'sweep-2026']) {
    t.true(sweeps.has(results, name), name)
    t.deepEqual(sweeps.read(results, name), { kept: madeUpSweep, folder }, name)
  }
  for (const name of ['latest', '2026', results, 'sweep-2027']) t.false(sweeps.has(results, name), name)
  t.deepEqual(listRuns(results), [])
  t.deepEqual(
    sweeps.list(results).map(({ id }) => id),
    [madeUpSweep.sweepId],
  )
})

test('points are runs in the sweep’s folder, which every command reads', (t) => {
  const results = newFolder(t)
  const folder = sweeps.write(results, madeUpSweep)
  writeRun(folder, madeUpRecords.get('run-1')!)
  t.deepEqual([...readPoints(folder, madeUpSweep).keys()], ['run-1'])
})

test('rounds are kept until the point is over, and end at the first that is missing or spoilt', (t) => {
  const folder = pointFolder(newFolder(t), madeUpSweep, 'run-0')
  for (const round of [0, 1, 2])
    writeRound(folder, round, { entries: [['begin']], spentNs: { build: round } })
  t.deepEqual(readRounds(folder)[2], { entries: [['begin']], spentNs: { build: 2 } })
  writeFileSync(join(folder, 'round-1.log'), 'AAAA')
  t.is(readRounds(folder).length, 1)
  rmSync(join(folder, 'round-0.log'))
  t.deepEqual(readRounds(folder), [])
  removeRounds(folder)
  t.deepEqual(readdirSync(folder), [])
})

test('a file of somebody’s that would lead out of its folder is refused', (t) => {
  const results = newFolder(t)
  const [first, ...rest] = madeUpSweep.points
  const folder = sweeps.write(results, { ...madeUpSweep, points: [{ ...first!, runId: '../../x' }, ...rest] })
  const error = t.throws(() => sweeps.read(results, folder), { instanceOf: BenchError })
  t.regex(error.message, /not a sweep[^]*expected a name that a folder can have/)
  sweeps.write(results, { ...madeUpSweep, schemaVersion: 9 })
  t.regex(
    t.throws(() => sweeps.read(results, madeUpSweep.sweepId)).message,
    /it is of version 9, and this pathbench knows versions up to 1/,
  )
  for (const text of ['{', '[]', '{"schemaVersion":1}']) {
    writeFileSync(join(folder, 'sweep.json'), text)
    t.is(t.throws(() => sweeps.read(results, folder), { instanceOf: BenchError }).trouble, 'usage')
  }
  rmSync(join(folder, 'sweep.json'))
  mkdirSync(join(folder, 'sweep.json'))
  t.regex(
    t.throws(() => sweeps.read(results, folder), { instanceOf: BenchError }).message,
    /^Could not read sweep .*sweep\.json: it is a folder, and no file$/,
  )
})
