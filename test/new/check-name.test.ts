import test from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { checkName } from '../../src/new/check-name.ts'

for (const [name, said] of [
  ['My-path', 'expected a name of lower-case letters, digits and "-"'],
  ['a/b', 'expected a name of lower-case letters, digits and "-"'],
  ['a'.repeat(41), 'expected a name of at most 40 characters'],
  ['dsr-vs-nat', 'pathbench has a scenario of that name, and runs are kept by name'],
  ['floor', 'another path of the scenario has that name'],
] as const)
  test(`${name} is no name to begin with`, (t) => {
    const error = t.throws(
      () => {
        checkName(name)
      },
      { instanceOf: BenchError, message: `Could not begin "${name}": ${said}` },
    )
    t.is(error.trouble, 'usage')
  })

test('names of letters, digits and hyphens are taken', (t) => {
  t.notThrows(() => {
    checkName('my-path-2')
  })
})
