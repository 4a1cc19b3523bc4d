import test from 'ava'
import { requireBaselineName } from '../../src/keep/baseline-name.ts'
import { BenchError } from '../../src/host/errors.ts'

for (const name of ['main', 'v1.4', '6.18-veth', 'A_b', 'x'.repeat(64)])
  test(`${name} can be a baseline's name`, (t) => {
    t.notThrows(() => {
      requireBaselineName(name)
    })
  })

for (const name of [
  ...['', '.', '..', '../main', 'a/b', 'a\\b', '.hidden', '-x', 'a b', 'ä', 'a\n', 'x'.repeat(65)],
  ...['latest', '20261121T165316Z-8378be29', 'main.json', 'main.json.part'],
])
  test(`${JSON.stringify(name)} cannot be a baseline's name`, (t) => {
    const error = t.throws(
      () => {
        requireBaselineName(name)
      },
      { instanceOf: BenchError },
    )
    t.is(error.trouble, 'usage')
  })
