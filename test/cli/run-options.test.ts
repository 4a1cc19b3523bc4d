import test from 'ava'
import { runOptions } from '../../src/cli/options/measuring-options.ts'

type Flags = Parameters<typeof runOptions>[0]

const flags = (given: Partial<Flags>): Flags => ({
  margin: '1%',
  receiver: 'spinning',
  wait: true,
  report: true,
  results: 'results',
  reports: 'reports',
  ...given,
})

test('options that are not given are absent, but for those with defaults', (t) => {
  t.deepEqual(runOptions(flags({})), { quick: false, margin: 0.01, receiver: 'spinning' })
})

test('options that are given come in units that their names tell', (t) => {
  const given = {
    quick: true,
    precision: '0.5%',
    maxTime: '2m',
    rounds: '4',
    blocks: '6',
    margin: '2%',
    seed: '42',
    payload: '1400',
    rate: '20000',
    receiver: 'blocking',
  } as const
  t.deepEqual(runOptions(flags(given)), {
    quick: true,
    precision: 0.005,
    maxTimeS: 120,
    rounds: 4,
    blocks: 6,
    margin: 0.02,
    seed: 42,
    payloadBytes: 1400,
    ratePps: 20_000,
    receiver: 'blocking',
  })
})

const refused = test.macro({
  title: (what) => `${what} is refused`,
  exec: (t, given: Partial<Flags>, message: string) => {
    t.throws(() => runOptions(flags(given)), { message })
  },
})

test(
  'no round',
  refused,
  { rounds: '0' },
  'Could not use --rounds 0: expected a whole number from 1 to 10000',
)
test(
  'no block',
  refused,
  { blocks: '0' },
  'Could not use --blocks 0: expected a whole number from 1 to 10000',
)
test(
  'a seed beyond 32 bits',
  refused,
  { seed: '4294967296' },
  'Could not use --seed 4294967296: expected a whole number from 0 to 4294967295',
)
test(
  'a payload below the measurement header',
  refused,
  { payload: '31' },
  'Could not use --payload 31: expected a whole number from 32 to 1472',
)
test(
  'a rate beyond what can be paced',
  refused,
  { rate: '1000001' },
  'Could not use --rate 1000001: expected 1 to 1000000 packets/s, as in 250k',
)
test(
  'a precision without its unit',
  refused,
  { precision: '0.005' },
  'Could not use --precision 0.005: expected a percentage above 0 and below 100, as in 0.5%',
)
