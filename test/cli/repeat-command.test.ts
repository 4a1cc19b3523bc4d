import test from 'ava'
import { longerOptions, repeatOf } from '../../src/cli/repeat-command.ts'
import { BenchError } from '../../src/host/errors.ts'

const repeat = (command: string) => repeatOf({ runId: '20261112T140312Z-0000002a', command })

test('the command of a run says what it was asked to do', (t) => {
  t.deepEqual(
    repeat('sudo ./bench run redirect-vs-stack --quick --margin 2% --payload 1400 --cpus 2,3 --seed 7'),
    {
      scenarioName: 'redirect-vs-stack',
      options: { quick: true, margin: 0.02, receiver: 'spinning', payloadBytes: 1400, seed: 7 },
      flags: { cpus: '2,3' },
    },
  )
})

test('a scenario’s file may have blanks and quotes in its name', (t) => {
  t.is(repeat(`sudo ./bench run './it'\\''s mine.yaml' --seed 1`).scenarioName, "./it's mine.yaml")
})

for (const command of [
  'sudo ./bench ab redirect-vs-stack --base main --seed 1',
  'sudo ./bench run --seed 1',
  'sudo ./bench run a b',
  'sudo ./bench run a --colour blue',
  'rm -rf run',
  '',
])
  test(`"${command}" cannot be repeated`, (t) => {
    const error = t.throws(() => repeat(command), { instanceOf: BenchError })
    t.is(error.trouble, 'usage')
  })

const asked = { quick: true, margin: 0.01, receiver: 'spinning' } as const

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
