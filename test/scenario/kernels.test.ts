import test from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { onKernels } from '../../src/scenario/kernels.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { exampleText, parse } from './example.ts'

const example = parse(exampleText)

test('on one kernel paths keep their names and roles', (t) => {
  const { paths } = onKernels(example, ['6.1.0'])
  t.deepEqual(
    paths,
    example.paths.map((path) => ({ ...path, kernel: '6.1.0' })),
  )
})

test('on several kernels paths are kernel × path, each held against itself on the first', (t) => {
  const { paths } = onKernels(example, ['6.1.0', '6.12.9'])
  t.deepEqual(
    paths.map(({ name, role, kernel, against }) => [name, role, kernel, against]),
    [
      ['stack@6.1.0', 'baseline', '6.1.0', undefined],
      ['redirect@6.1.0', 'candidate', '6.1.0', undefined],
      ['control@6.1.0', 'control', '6.1.0', undefined],
      ['floor@6.1.0', 'floor', '6.1.0', undefined],
      ['stack@6.12.9', 'candidate', '6.12.9', 'stack@6.1.0'],
      ['redirect@6.12.9', 'candidate', '6.12.9', 'redirect@6.1.0'],
    ],
  )
  t.is(paths[1]?.title, 'redirecting, on 6.1.0')
})

test('what only this machine has is told at once, before a kernel is booted', (t) => {
  const web = loadScenario(findScenario('dsr-vs-nat'))
  const error = t.throws(() => onKernels({ ...web, place: 'existing' }, ['6.1.0']), {
    instanceOf: BenchError,
  })
  t.is(error.trouble, 'usage')
  t.is(
    error.message,
    'Could not run dsr-vs-nat on another kernel: its namespaces are those of this machine; its web servers run on this machine alone',
  )
  t.regex(error.hint ?? '', /--load leaves out kinds of load/)
})
