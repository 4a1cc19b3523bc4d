import test from 'ava'
import { isConclusive } from '../../src/record/conclusion.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { isSound, soundnessOf } from '../../src/record/soundness.ts'
import {
  invalidRecord,
  singleBlockRecord,
  skippedRecord,
  undeliveredRecord,
  variants,
} from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'

const soundness = (record: RunRecord, name = 'redirect') =>
  soundnessOf(
    record,
    record.paths.find((path) => path.name === name)!,
  )

test('a path with all its figures is sound', (t) => {
  t.deepEqual(soundness(sampleRecord()), { state: 'sound' })
})

test('a path that is invalid or skipped stands so, with its reason', (t) => {
  t.is(soundness(invalidRecord()).state, 'invalid')
  t.deepEqual(soundness(skippedRecord()), { state: 'skipped', reason: 'This kernel has no cls_bpf.' })
})

test('a path that delivered nothing of a load lacks its figures', (t) => {
  const found = soundness(undeliveredRecord())
  t.like(found, { state: 'lacking', metrics: ['throughputPps', 'costNs'] })
  t.deepEqual(found.state === 'lacking' && found.undelivered.map(({ kind }) => kind), ['flood'])
})

test('a ratio that is missing where both sides have a figure is missing too', (t) => {
  const record = sampleRecord()
  const comparisons = record.comparisons.filter(
    ({ path, metric }) => path !== 'redirect' || metric !== 'rttNs.p50',
  )
  t.like(soundness({ ...record, comparisons }), { state: 'lacking', metrics: ['rttNs.p50'] })
})

test('what the baseline lacks is its own failure', (t) => {
  const record = sampleRecord()
  const estimates = record.estimates.filter(
    ({ path, metric }) => path !== 'stack' || metric !== 'throughputPps',
  )
  const comparisons = record.comparisons.filter(({ metric }) => metric !== 'throughputPps')
  const without = { ...record, estimates, comparisons }
  t.like(soundness(without, 'stack'), { state: 'lacking', metrics: ['throughputPps'] })
  t.true(isSound(without, without.paths[1]!))
  t.false(isConclusive(without))
})

test('a load that no path was driven with is missing on none', (t) => {
  const record = variants['a run without floods']!()
  t.true(record.paths.every((path) => isSound(record, path)))
})

test('a run is conclusive where a sound candidate has a verdict', (t) => {
  t.true(isConclusive(sampleRecord()))
  for (const make of [invalidRecord, skippedRecord, undeliveredRecord, singleBlockRecord])
    t.false(isConclusive(make()))
  const withheld = sampleRecord().comparisons.map((one) => ({ ...one, withheld: 'work moved' }))
  t.false(isConclusive({ ...sampleRecord(), comparisons: withheld }))
})
