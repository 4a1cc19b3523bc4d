import test from 'ava'
import { exitCodeOf } from '../../src/host/errors.ts'
import { parseCount, parsePercent, parseSeconds } from '../../src/cli/options/option-values.ts'

for (const [text, seconds] of [
  ['30s', 30],
  ['2m', 120],
  ['500ms', 0.5],
  ['1.5s', 1.5],
  ['7', 7],
  ['3 s', 3],
] as const)
  test(`the time ${text} is ${seconds} s`, (t) => {
    t.is(parseSeconds('--max-time', text), seconds)
  })

for (const text of ['', '0s', '-1s', '1h', 'fast', '1e3', '1,5s'])
  test(`the time "${text}" is refused`, (t) => {
    const error = t.throws(() => parseSeconds('--max-time', text), {
      message: `Could not use --max-time ${text || "''"}: expected a time, as in 30s or 2m`,
    })
    t.is(exitCodeOf(error), 2)
  })

test('a percentage becomes a ratio', (t) => {
  t.is(parsePercent('--precision', '0.5%'), 0.005)
  t.is(parsePercent('--precision', '1 %'), 0.01)
  t.is(parsePercent('--precision', '99%'), 0.99)
})

for (const text of ['0.5', '0%', '100%', '-1%', '%', 'half'])
  test(`the percentage "${text}" is refused`, (t) => {
    t.throws(() => parsePercent('--precision', text), {
      message: `Could not use --precision ${text}: expected a percentage above 0 and below 100, as in 0.5%`,
    })
  })

test('a count is a whole number within its bounds, which count as inside', (t) => {
  t.is(parseCount('--payload', '32', 32, 1472), 32)
  t.is(parseCount('--payload', '1472', 32, 1472), 1472)
})

for (const text of ['31', '1473', '64.5', '-64', '0x40', '1e2', '', 'many'])
  test(`the count "${text}" is refused`, (t) => {
    t.throws(() => parseCount('--payload', text, 32, 1472), {
      message: `Could not use --payload ${text || "''"}: expected a whole number from 32 to 1472`,
    })
  })
