import test from 'ava'
import type { BlockRecord, RunRecord } from '../../src/record/record.ts'
import { Samples } from '../../src/run/samples.ts'
import { warningsOf } from '../../src/run/warnings.ts'
import { invalidRecord, noisyRecord, skippedRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { floodResult } from './answers.ts'
import { stateWith } from './states.ts'

/** What was found about throughput, where the control of the sample is quiet. */
const ofThroughput = (record: RunRecord): RunRecord => ({
  ...record,
  comparisons: record.comparisons.filter(({ metric }) => metric === 'throughputPps'),
})

const record = ofThroughput(sampleRecord())
const noisy = ofThroughput(noisyRecord())
const quiet = { paths: record.paths, analysis: record, state: stateWith(), isComplete: true }

const block = (stealShare: number | null, warmup = false): BlockRecord => ({
  round: 0,
  block: 0,
  warmup,
  startNs: 0,
  durationNs: 1,
  stealShare,
  busyShare: 1,
  contextSwitches: 0,
  netRxSoftirqs: 0,
  netTxSoftirqs: 0,
  frequencyMHz: null,
})

const samplesOf = (blocks: readonly BlockRecord[], ...answers: readonly ReturnType<typeof floodResult>[]) => {
  const samples = new Samples()
  for (const one of blocks) samples.addBlock(one)
  for (const answer of answers) samples.addTrial(answer, { round: 0, block: 1, position: 0, warmup: false })
  return samples
}

test('a quiet and complete run has no warnings', (t) => {
  t.deepEqual(warningsOf(quiet), [])
})

test('a path that was skipped is told with the reason', (t) => {
  t.deepEqual(warningsOf({ ...quiet, paths: skippedRecord().paths }), [
    { code: 'path-skipped', message: 'redirect was skipped: This kernel has no cls_bpf.' },
  ])
})

test('a path whose proof does not hold is told with how to look', (t) => {
  const [warning] = warningsOf({ ...quiet, paths: invalidRecord().paths })
  t.is(warning?.code, 'path-invalid')
  t.regex(
    warning!.message,
    /^redirect is invalid and gets no verdict: netns-2 forwarded .*`bench exec` brings/,
  )
})

test('a run that ended early says after how many rounds', (t) => {
  const state = stateWith({ roundsDone: 2, stopped: 'interrupted' })
  t.deepEqual(warningsOf({ ...quiet, state, isComplete: false }), [
    {
      code: 'partial',
      message: 'the run ended early, after 2 of 4 rounds: this is what it had measured',
    },
  ])
})

test('a run that time cut short says what to do about it, once', (t) => {
  const state = stateWith({ roundsDone: 3, stopped: 'time' })
  t.deepEqual(warningsOf({ ...quiet, state, isComplete: false }), [
    {
      code: 'out-of-time',
      message: 'time ran out after 3 of 4 rounds; a longer --max-time would narrow the intervals',
    },
  ])
})

/** Warnings where the control's throughput interval is this. */
const withControl = (low: number, high: number) => {
  const comparisons = noisy.comparisons.map((one) =>
    one.path === 'control' ? { ...one, ratio: { ...one.ratio, low, high } } : one,
  )
  return warningsOf({ ...quiet, analysis: { ...record, comparisons } })
}

test('a control that differs is told with how far, which is what a difference has to exceed', (t) => {
  t.deepEqual(withControl(0.98, 0.99), [
    {
      code: 'control-not-equivalent',
      message:
        'the control, stack built a second time, differs from it in throughput by up to 2.0 %: only what exceeds that is called a difference there, and nothing equivalent',
    },
  ])
})

test('a control that may differ is told as far as its interval reaches on either side', (t) => {
  t.deepEqual(
    withControl(0.8, 1.01).map(({ message }) => message),
    [
      'the control, stack built a second time, may differ from it in throughput by up to 25.0 %: nothing is called equivalent there. A longer run or a quieter machine would tell more',
    ],
  )
})

test('a control that is invalid or missing is told, and what that costs', (t) => {
  const invalid = record.paths.map((path) =>
    path.role === 'control' ? { ...path, status: 'invalid' as const, reason: 'it lost packets' } : path,
  )
  t.deepEqual(
    warningsOf({ ...quiet, paths: invalid }).map(({ code }) => code),
    ['path-invalid', 'no-control'],
  )
  const [missing] = warningsOf({ ...quiet, paths: record.paths.filter(({ role }) => role !== 'control') })
  t.is(missing?.code, 'no-control')
  t.regex(missing!.message, /none is called equivalent$/)
})

test('stolen time is told from a mean of 5 % on, the warm-up not counted', (t) => {
  const warned = (...blocks: BlockRecord[]) =>
    warningsOf({ ...quiet, state: stateWith({ samples: samplesOf(blocks) }) })
  t.deepEqual(warned(block(0.9, true), block(0.02), block(0.08)), [])
  t.deepEqual(warned(block(null), block(null)), [])
  t.deepEqual(warned(block(0.02), block(0.1), block(null)), [
    {
      code: 'steal',
      message:
        'the hypervisor took 6.0 % of CPU time: intervals are wider for it; measure on a quieter host if you can',
    },
  ])
})

test('loss in floods is told by path from one packet in a thousand on', (t) => {
  const flood = (path: string, lost: number) => floodResult(path, { sent: 1000, received: 1000 - lost, lost })
  const samples = samplesOf(
    [],
    flood('stack', 1),
    flood('stack', 1),
    flood('redirect', 0),
    flood('redirect', 30),
  )
  t.deepEqual(warningsOf({ ...quiet, state: stateWith({ samples }) }), [
    {
      code: 'loss',
      message: 'redirect lost 1.5 % of the packets of its floods: its throughput counts what was delivered',
    },
  ])
})

test('trials that the kernel ended are told by path, with its words', (t) => {
  const failed = floodResult('stack', { lost: 0, sendError: 'No buffer space available' })
  const samples = samplesOf([], failed, failed, floodResult('redirect', { lost: 0 }))
  t.deepEqual(warningsOf({ ...quiet, state: stateWith({ samples }) }), [
    {
      code: 'send-error',
      message: 'stack: 2 trials ended early, as the kernel took no packet: No buffer space available',
    },
  ])
})

test('a program whose cost cannot be measured is told once, with the reason', (t) => {
  const failed = {
    path: 'dsr-tc',
    program: 'balance',
    programNs: [],
    floorNs: [],
    failure: 'Could not: it varies',
  }
  const measured = { path: 'dsr-tc', program: 'note_flow', programNs: [9], floorNs: [1] }
  t.deepEqual(warningsOf({ ...quiet, state: stateWith({ programCosts: [failed, measured, failed] }) }), [
    {
      code: 'program-cost',
      message: 'dsr-tc: what a run of balance costs is not known: Could not: it varies',
    },
  ])
})

test('all metrics in which the control may differ are told in one warning', (t) => {
  const comparisons = sampleRecord().comparisons.map((one) =>
    one.path === 'control'
      ? { ...one, verdict: 'inconclusive' as const, ratio: { ...one.ratio, low: 0.9, high: 1.1 } }
      : one,
  )
  const [warning, ...others] = warningsOf({ ...quiet, analysis: { ...record, comparisons } })
  t.deepEqual(others, [])
  t.is(warning?.message.match(/by up to/g)?.length, 6)
})
