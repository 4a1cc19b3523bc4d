import test from 'ava'
import { longerOptions, repeatOf } from '../../src/cli/commands/repeat-command.ts'
import { BenchError } from '../../src/host/errors.ts'

const asked = { quick: true, margin: 0.01, receiver: 'spinning' } as const

const run = { runId: '20261112T140312Z-0000002a', command: 'sudo ./bench … --seed 7' }

test('a run says what it was asked to do', (t) => {
  const request = { command: 'run', scenario: "./it's mine.yaml", options: asked, cpus: '2,3' } as const
  t.deepEqual(repeatOf({ ...run, request }), request)
})

test('a comparison of versions cannot be repeated as a run, nor what does not say what it was asked', (t) => {
  const versions = t.throws(
    () => repeatOf({ ...run, request: { command: 'ab', scenario: 'mine', options: asked } }),
    { instanceOf: BenchError },
  )
  t.is(versions.trouble, 'usage')
  t.regex(versions.hint ?? '', /bench ab/)
  const old = t.throws(() => repeatOf(run), { instanceOf: BenchError })
  t.is(old.trouble, 'usage')
  t.regex(old.message, /earlier version/)
})

test('a run that confirms is longer, not quick, and at most four times as long', (t) => {
  t.deepEqual(longerOptions(asked, { maxTimeS: 15 }, 2), { ...asked, quick: false, maxTimeS: 30 })
  t.is(longerOptions(asked, { maxTimeS: 15 }, 0.5).maxTimeS, 15)
  t.is(longerOptions(asked, { maxTimeS: 15 }, 80).maxTimeS, 60)
})

test('what bounds a run otherwise than by time is made longer too', (t) => {
  const { blocks, precision } = longerOptions({ ...asked, blocks: 5, precision: 0.01 }, { maxTimeS: 120 }, 4)
  t.is(blocks, 20)
  t.is(precision, 0.005)
})
