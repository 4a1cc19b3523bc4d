import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { baselineRecord } from '../../src/keep/baseline-record.ts'
import { readRunOrBaseline } from '../../src/keep/read-run-or-baseline.ts'
import { saveBaseline } from '../../src/keep/save-baseline.ts'
import {
  findBaseline,
  listBaselines,
  readBaseline,
  removeBaseline,
  requireBaseline,
} from '../../src/keep/baseline-store.ts'
import { writeRecord } from '../../src/keep/store.ts'
import { refused } from '../across/refused.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { invalidRecord, partialRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'

const record = { ...sampleRecord(), runId: '20261112T140312Z-0000002a' }

test('a baseline is kept, listed, read and removed', (t) => {
  const folder = temporaryFolder(t)
  const file = saveBaseline(folder, 'main', record, false)
  t.is(file, join(folder, 'redirect-vs-stack', 'main.json'))
  t.deepEqual(listBaselines(folder), [{ scenario: 'redirect-vs-stack', name: 'main', file }])
  const found = requireBaseline(folder, 'main')
  t.deepEqual(readBaseline(found), baselineRecord(record))
  removeBaseline(found)
  t.false(existsSync(file))
  t.deepEqual(listBaselines(folder), [])
})

test('one that is there is replaced only by force', (t) => {
  const folder = temporaryFolder(t)
  const file = saveBaseline(folder, 'main', record, false)
  const before = readFileSync(file, 'utf8')
  const other = { ...record, seed: 7 }
  t.regex(
    refused(() => saveBaseline(folder, 'main', other, false)),
    /^Could not save baseline "main": .*main\.json is there already\nHint: .*--force/,
  )
  t.is(readFileSync(file, 'utf8'), before)
  saveBaseline(folder, 'main', other, true)
  t.is(readBaseline(requireBaseline(folder, 'main')).seed, 7)
})

for (const [what, run, reason] of [
  ['partial', partialRecord(), 'it is partial'],
  ['invalid', invalidRecord(), 'redirect is invalid'],
] as const)
  test(`a run that is ${what} is kept only by force`, (t) => {
    const folder = temporaryFolder(t)
    t.regex(
      refused(() => saveBaseline(folder, 'main', run, false)),
      new RegExp(`^Could not save run \\S+ as a baseline: ${reason}\n`),
    )
    t.deepEqual(listBaselines(folder), [])
    saveBaseline(folder, 'main', run, true)
    t.is(listBaselines(folder).length, 1)
  })

test('a name of two scenarios needs the scenario, by what it is compared with or by being said', (t) => {
  const folder = temporaryFolder(t)
  saveBaseline(folder, 'main', record, false)
  saveBaseline(folder, 'main', { ...record, scenario: 'dsr-vs-nat' }, false)
  t.regex(
    refused(() => findBaseline(folder, 'main')),
    /^Could not tell which baseline "main" is: 2 scenarios have one\n {2}dsr-vs-nat\/main\n {2}redirect-vs-stack\/main\n/,
  )
  t.is(findBaseline(folder, 'main', 'dsr-vs-nat')?.scenario, 'dsr-vs-nat')
  t.is(findBaseline(folder, 'redirect-vs-stack/main')?.scenario, 'redirect-vs-stack')
})

test('a baseline that there is not is told with the nearest', (t) => {
  const folder = temporaryFolder(t)
  t.regex(
    refused(() => requireBaseline(folder, 'main')),
    /^Could not find baseline "main"\nHint: there are no baselines in .*bench baseline save/,
  )
  saveBaseline(folder, 'main', record, false)
  t.regex(
    refused(() => requireBaseline(folder, 'mian')),
    /^Could not find baseline "mian"; did you mean "main"\?\n/,
  )
})

test('a damaged baseline is told with its file, and does not hide the others', (t) => {
  const folder = temporaryFolder(t)
  saveBaseline(folder, 'main', record, false)
  const whole = readFileSync(saveBaseline(folder, 'old', record, false), 'utf8')
  const file = join(folder, 'redirect-vs-stack', 'old.json')
  for (const [damaged, message] of [
    [whole.slice(0, whole.length / 2), /old\.json: it is truncated, or not JSON/],
    ['', /old\.json: it is truncated, or not JSON/],
    [whole.replace('"seed": 42', '"seed": null'), /old\.json: it is not a record of a run\n[^]*seed/],
    [whole.replace('"schemaVersion": 1', '"schemaVersion": 9'), /old\.json: it is of version 9/],
    [whole.replace(/"estimate":[\d.e+]+/, '"estimate":null'), /old\.json: it is not a record of a run/],
  ] as const) {
    writeFileSync(file, damaged)
    t.regex(
      refused(() => readBaseline(requireBaseline(folder, 'old'))),
      message,
    )
  }
  t.deepEqual(
    listBaselines(folder).map(({ name }) => name),
    ['main', 'old'],
  )
  t.is(readBaseline(requireBaseline(folder, 'main')).runId, record.runId)
})

test('a name means a baseline before a run, a path a file', (t) => {
  const folder = temporaryFolder(t)
  const places = { results: join(folder, 'results'), baselines: join(folder, 'baselines') }
  const kept = writeRecord(places.results, { ...record, seed: 1 })
  saveBaseline(places.baselines, 'main', { ...record, seed: 2 }, false)
  mkdirSync(join(folder, 'main'))
  const seedOf = (name: string): number => readRunOrBaseline(places, name).seed
  t.is(seedOf('main'), 2)
  t.is(seedOf('latest'), 1)
  t.is(seedOf('20261112T'), 1)
  t.is(seedOf(kept), 1)
  t.is(seedOf(join(kept, 'run.json')), 1)
  t.is(seedOf(join(places.baselines, 'redirect-vs-stack', 'main.json')), 2)
  t.regex(
    refused(() => seedOf('mian')),
    /^Could not find a run or baseline "mian"; did you mean "main"\?\n/,
  )
  t.regex(
    refused(() => seedOf('nothing-like-it')),
    /^Could not find run "nothing-like-it"/,
  )
})
