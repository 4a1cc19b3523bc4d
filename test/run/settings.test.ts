import test from 'ava'
import { planRun, type RunOptions, shareDone, unusedOptions } from '../../src/run/settings.ts'
import { exampleText, parse } from '../scenario/example.ts'

const scenario = parse(exampleText)
const plain: RunOptions = { quick: false, margin: 0.01, receiver: 'spinning' }
const plan = (options: Partial<RunOptions>) => planRun(scenario, { ...plain, ...options })

test('without options a run has rounds enough for a test over rounds, whose blocks fill the time', (t) => {
  const { rounds, maxTimeS, ...others } = plan({})
  t.is(rounds, 12)
  // A whole run promises to end within 20 s.
  t.true(maxTimeS > 10 && maxTimeS < 18)
  t.deepEqual(others, {
    quick: false,
    blocksPerRound: undefined,
    roundTimeS: maxTimeS / 12,
    warmupBlocks: 1,
    precision: null,
    margin: 0.01,
    load: scenario.load,
  })
})

test('an option that would make alike what trials of one kind differ in is refused, and no other', (t) => {
  const [flood] = scenario.load.filter(({ kind }) => kind === 'flood')
  const named = (large: object) => ({
    ...scenario,
    load: [
      { ...flood!, name: 'small' },
      { ...flood!, name: 'large', ...large },
    ],
  })
  t.throws(() => planRun(named({ payloadBytes: 1400 }), { ...plain, payloadBytes: 512 }), {
    message: 'Could not use --payload 512: flood trials small and large differ in payloadBytes',
  })
  const { load } = planRun(named({ packets: 100 }), { ...plain, payloadBytes: 512 })
  t.deepEqual(
    load.map((trial) => 'payloadBytes' in trial && trial.payloadBytes),
    [512, 512],
  )
  t.is(planRun(named({}), { ...plain, payloadBytes: 512 }).load.length, 2)
})

test('a rate at which a trial would take minutes is refused, with how long it would take', (t) => {
  const paced = { kind: 'paced', packets: 250, payloadBytes: 64, ratePps: 50_000 } as const
  const withPaced = { ...scenario, load: [paced] }
  t.throws(() => planRun(withPaced, { ...plain, ratePps: 1 }), {
    message:
      'Could not use --rate 1: 250 at 1 a second take 250 s in every trial, expected at most 10 s: fewer, or more a second',
  })
  t.deepEqual(planRun(withPaced, { ...plain, ratePps: 25 }).load, [{ ...paced, ratePps: 25 }])
})

test('a quick run has fewer rounds and less time', (t) => {
  const { rounds, maxTimeS, roundTimeS } = plan({ quick: true })
  t.is(rounds, 6)
  // It promises to end within 5 s.
  t.true(maxTimeS > 1.5 && maxTimeS < 4)
  t.is(roundTimeS, maxTimeS / 6)
})

test('a run with more trials in a block takes longer, one with fewer measures more of them', (t) => {
  const wider = { ...scenario, paths: [...scenario.paths, ...scenario.paths], load: scenario.load }
  const trials = scenario.paths.length * scenario.load.length
  t.true(trials <= 12 && trials * 2 > 12)
  t.is(planRun(wider, plain).maxTimeS, (planRun(scenario, plain).maxTimeS * trials * 2) / 12)
})

test('rounds share the time that is given', (t) => {
  t.is(plan({ maxTimeS: 60 }).roundTimeS, 5)
  t.is(plan({ maxTimeS: 60, rounds: 3 }).roundTimeS, 20)
})

test('where blocks are counted, time is only a bound', (t) => {
  const { rounds, blocksPerRound, maxTimeS } = plan({ rounds: 2, blocks: 5 })
  t.deepEqual([rounds, blocksPerRound, maxTimeS], [2, 5, 120])
  t.is(plan({ blocks: 5, maxTimeS: 4 }).maxTimeS, 4)
})

test('a precision is reached from a pilot as long as a usual run', (t) => {
  const { precision, roundTimeS, maxTimeS } = plan({ precision: 0.005 })
  t.deepEqual([precision, roundTimeS, maxTimeS], [0.005, plan({}).roundTimeS, 120])
  t.is(plan({ precision: 0.005, maxTimeS: 6 }).roundTimeS, 0.5)
})

test('a payload is for all trials, a rate for paced ones', (t) => {
  t.deepEqual(plan({ payloadBytes: 1400, ratePps: 20_000 }).load, [
    { ...scenario.load[0], payloadBytes: 1400 },
    { kind: 'paced', packets: 200, payloadBytes: 1400, ratePps: 20_000 },
  ])
})

test('counted blocks end a round with the last of them, warm-up not counted', (t) => {
  const counted = plan({ rounds: 2, blocks: 4 })
  const shares = [1, 2, 3, 4, 5].map((blocksDone) => shareDone(counted, { round: 1, blocksDone, spentS: 99 }))
  t.deepEqual(shares, [0, 0.25, 0.5, 0.75, 1])
})

test('otherwise a round ends with its part of the time, late rounds earlier for it', (t) => {
  const timed = plan({ maxTimeS: 20, rounds: 10 })
  t.is(shareDone(timed, { round: 0, blocksDone: 9, spentS: 1 }), 0.5)
  t.is(shareDone(timed, { round: 0, blocksDone: 9, spentS: 2 }), 1)
  t.is(shareDone(timed, { round: 3, blocksDone: 9, spentS: 7 }), 0.5)
  t.is(shareDone(timed, { round: 3, blocksDone: 9, spentS: 8.2 }), 1.0999999999999996)
})

test('every round measures two blocks, however slow they are', (t) => {
  const timed = plan({ maxTimeS: 1 })
  t.true(shareDone(timed, { round: 0, blocksDone: 1, spentS: 50 }) < 1)
  t.true(shareDone(timed, { round: 0, blocksDone: 2, spentS: 50 }) < 1)
  t.true(shareDone(timed, { round: 0, blocksDone: 3, spentS: 50 }) >= 1)
})

test('options that a load has no use for are said to be unused', (t) => {
  const http = { kind: 'http', requests: 320, connections: 16, port: 80 } as const
  const options = { ...plain, payloadBytes: 1400, ratePps: 1000 }
  t.deepEqual(unusedOptions(options, [http]), [
    '--payload has no effect: the scenario sends no UDP',
    '--rate has no effect: the scenario has no paced trial',
  ])
  t.deepEqual(unusedOptions(options, scenario.load), [])
  t.deepEqual(unusedOptions(plain, [http]), [])
})
