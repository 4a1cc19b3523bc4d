import test from 'ava'
import { kernelCheck } from '../../src/cli/commands/doctor-checks.ts'
import { needs } from '../../src/parts/needs/needs.ts'

const need = needs[0]!

for (const [why, words] of [
  ['no root', 'sudo ./bench doctor'],
  ['nothing built', './bench setup'],
] as const)
  test(`what could not be tried, as there is ${why}, is unknown, and not missing`, (t) => {
    const { state, remedy } = kernelCheck(need, why, [])
    t.is(state, 'unknown')
    t.true(remedy.includes(words), remedy)
  })

test('what is missing is told in the words of what was refused', (t) => {
  const { state, remedy } = kernelCheck(need, new Map([[need.name, 'Unknown device type']]), [])
  t.is(state, 'missing')
  t.true(remedy.endsWith('(Unknown device type)'), remedy)
})
