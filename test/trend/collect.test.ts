import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { writeRecord } from '../../src/keep/store.ts'
import { collect, sourceOf } from '../../src/trend/collect.ts'
import { entryOf } from '../../src/trend/history-entry.ts'
import { appendHistory } from '../../src/trend/history-file.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { entryFor, temporaryFolder } from './made-up-history.ts'

const record = { ...sampleRecord(), trials: [], blocks: [], runId: '20261112T140312Z-0000002a' }

test('runs that the history does not hold are read, and those that it holds are not', (t) => {
  const results = temporaryFolder(t)
  const kept = entryFor(3, () => 1.05)
  const historyFile = join(results, 'history.jsonl')
  appendHistory(historyFile, [kept])
  writeRecord(results, record)
  // Its record is unreadable, and nobody reads it.
  const folder = join(results, kept.scenario, kept.runId)
  mkdirSync(folder)
  writeFileSync(join(folder, 'run.json'), 'no record')

  const { entries, added, problems } = collect(sourceOf(results), [])
  t.deepEqual(added, [entryOf(record)])
  t.deepEqual(entries, [kept, entryOf(record)])
  t.deepEqual(problems, [])
})

test('runs that cannot be read and runs that are not complete are told, and left out', (t) => {
  const results = temporaryFolder(t)
  writeRecord(results, record)
  const partial = writeRecord(results, { ...record, runId: '20261113T140312Z-0000002b', complete: false })
  const cut = writeRecord(results, { ...record, runId: '20261114T140312Z-0000002c' })
  writeFileSync(join(cut, 'run.json'), JSON.stringify(record).slice(0, 1000))

  const { entries, problems } = collect(sourceOf(results), [])
  t.deepEqual(
    entries.map(({ runId }) => runId),
    [record.runId],
  )
  t.deepEqual(problems, [
    { file: join(partial, 'run.json'), message: 'the run is not complete; it is left out' },
    { file: join(cut, 'run.json'), message: 'it is truncated, or not JSON; it is left out' },
  ])
})

test('a run that is named and known is not added twice', (t) => {
  const results = temporaryFolder(t)
  writeRecord(results, record)
  const { added } = collect(sourceOf(results), [record])
  t.is(added.length, 1)
  appendHistory(join(results, 'history.jsonl'), added)
  t.deepEqual(collect(sourceOf(results), [record]).added, [])
})

test('a place is a folder of results, a history file, or a history file to come', (t) => {
  const results = temporaryFolder(t)
  const historyFile = join(results, 'history.jsonl')
  t.deepEqual(sourceOf(results), { historyFile, resultsFolder: results })
  t.deepEqual(sourceOf(historyFile), { historyFile, resultsFolder: undefined })
  writeFileSync(join(results, 'old'), '')
  t.deepEqual(sourceOf(join(results, 'old')), {
    historyFile: join(results, 'old'),
    resultsFolder: undefined,
  })
  const error = t.throws(() => sourceOf(join(results, 'nowhere')), { instanceOf: BenchError })
  t.is(error.trouble, 'usage')
})
