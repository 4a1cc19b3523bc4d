import test from 'ava'
import { evaluate, interpolate, namesIn } from './expression.ts'

const context = {
  inputs: { mode: 'ab', base: '', 'history-branch': 'h' },
  steps: { a: { outputs: { code: '0' } } },
}

test('an expression has the value that GitHub gives it', (t) => {
  const cases: [string, unknown][] = [
    ["inputs.mode == 'ab'", true],
    ["inputs.history-branch != ''", true],
    ["inputs.base || inputs.nope.deeper || 'it''s'", "it's"],
    ["(inputs.base != '' || always()) && steps.a.outputs.code == '0'", true],
    ["!(inputs.mode == 'run')", true],
    ['inputs.base && inputs.mode', ''],
  ]
  for (const [expression, value] of cases) t.is(evaluate(expression, context), value, expression)
})

test('what it does not know is an error', (t) => {
  for (const expression of ['inputs.mode >= 1', 'fromJSON(inputs.mode)', "(inputs.mode == 'ab'", ''])
    t.throws(() => evaluate(expression, context), undefined, expression)
})

test('expressions are replaced in a text, and their names found', (t) => {
  t.is(interpolate('a ${{ inputs.mode }} b${{ inputs.none }}', context), 'a ab b')
  t.deepEqual(namesIn("${{ inputs.a || github.event.b }} inputs.c ${{ 'inputs.d' }}"), [
    'inputs.a',
    'github.event.b',
  ])
  t.deepEqual(namesIn("always() && steps.a.outputs.b != ''", true), ['steps.a.outputs.b'])
})
