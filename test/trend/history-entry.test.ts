import test from 'ava'
import type { RunRecord } from '../../src/record/record.ts'
import { entryOf } from '../../src/trend/history-entry.ts'
import { parseLine } from '../../src/trend/parse-line.ts'
import { sampleRecord } from '../report/sample-record.ts'

const record = sampleRecord()

test('the history keeps the headline metrics of every path but the baseline', (t) => {
  const entry = entryOf(record)
  t.is(entry.runId, record.runId)
  t.is(entry.startedAt, record.startedAt)
  t.is(entry.scenario, 'redirect-vs-stack')
  t.deepEqual(entry.roles, { redirect: 'candidate', control: 'control', floor: 'floor' })
  t.deepEqual(Object.keys(entry.ratios), ['redirect', 'control', 'floor'])
  t.deepEqual(Object.keys(entry.ratios.redirect!), [
    'throughputPps',
    'costNs',
    'rttNs.p50',
    'rttNs.p99',
    'pacedForwardNs.p50',
    'pacedForwardNs.p90',
  ])
  const { ratio } = record.comparisons.find(
    ({ path, metric }) => path === 'redirect' && metric === 'rttNs.p50',
  )!
  t.deepEqual(entry.ratios.redirect!['rttNs.p50'], [
    Number(ratio.estimate.toPrecision(6)),
    Number(ratio.low!.toPrecision(6)),
    Number(ratio.high!.toPrecision(6)),
  ])
})

test('a ratio without an interval has none in the history', (t) => {
  const [first, ...others] = record.comparisons
  const bare: RunRecord = {
    ...record,
    comparisons: [{ ...first!, ratio: { ...first!.ratio, low: null, high: null } }, ...others],
  }
  t.deepEqual(entryOf(bare).ratios[first!.path]![first!.metric]!.slice(1), [null, null])
})

test('conditions name the machine, the tools and the baseline path', (t) => {
  const { conditions } = entryOf(record)
  t.is(conditions.kernel, record.environment.kernel)
  t.is(conditions.CPU, `${record.environment.cpuModel}, ${record.environment.cpuCount} of them`)
  t.is(conditions.clang, record.environment.tools.clang)
  t.is(conditions['baseline path'], 'stack')
})

test('conditions change with what moves ratios, and not with the order in which it is listed', (t) => {
  const changed = (changes: Partial<RunRecord>): string[] => {
    const [before, after] = [entryOf(record).conditions, entryOf({ ...record, ...changes }).conditions]
    return Object.keys(before).filter((name) => before[name] !== after[name])
  }
  const { environment, settings } = record
  t.deepEqual(changed({ environment: { ...environment, mitigations: { retbleed: 'Vulnerable' } } }), [
    'mitigations',
  ])
  t.deepEqual(changed({ settings: { ...settings, receiver: 'blocking' } }), ['load'])
  t.deepEqual(changed({ scenarioSource: 'name: other' }), ['scenario file'])
  t.deepEqual(changed({ settings: { ...settings, rounds: 99 }, seed: 1 }), [])
  const reversed = Object.fromEntries(Object.entries(environment.sysctls).toReversed())
  t.deepEqual(changed({ environment: { ...environment, sysctls: reversed } }), [])
})

test('what is kept is read back the same', (t) => {
  const entry = entryOf(record)
  const { entry: read, problems } = parseLine(JSON.stringify({ schemaVersion: 1, ...entry }))
  t.deepEqual(problems, [])
  t.deepEqual(read, entry)
})

test('the version of every program is a condition, and the commit is kept', (t) => {
  const measured: RunRecord = {
    ...record,
    subject: {
      scenarioSha256: 'a'.repeat(64),
      git: { commit: '0123456789abcdef0123456789abcdef01234567', isDirty: true },
    },
    paths: record.paths.map((path) => ({
      ...path,
      programs: path.programs.map((program) => ({ ...program, tag: '0011223344556677' })),
    })),
  }
  const entry = entryOf(measured)
  t.is(entry.commit, '0123456789ab+')
  t.is(entry.conditions['program redirect_ingress of redirect'], 'tag 0011223344556677')
  t.deepEqual(parseLine(JSON.stringify({ schemaVersion: 1, ...entry })).entry, entry)
  t.is(entryOf(record).commit, undefined)
})
