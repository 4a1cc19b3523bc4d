import test from 'ava'
import { abOnKernels } from '../../src/ab/ab-kernels.ts'
import { exampleText, parse } from '../scenario/example.ts'

const base = { label: '6.1.0', words: 'kernel 6.1.0-54-amd64 (./old)' }
const head = { label: '6.12.9', words: 'kernel 6.12.9' }

test('two kernels are the two versions of a path, and the control is in a machine of its own', (t) => {
  const { name, title, versions, paths } = abOnKernels(parse(exampleText), base, head, 'redirect')
  t.is(name, 'example-ab')
  t.is(title, 'redirect: kernel 6.12.9 against kernel 6.1.0-54-amd64 (./old)')
  t.deepEqual(versions, { base: base.words, head: head.words })
  t.deepEqual(
    paths.map((path) => [path.name, path.role, path.kernel]),
    [
      ['base', 'baseline', '6.1.0'],
      ['head', 'candidate', '6.12.9'],
      ['control', 'control', 'control'],
      ['floor', 'floor', '6.1.0'],
    ],
  )
  t.deepEqual(paths[0]?.programs, paths[1]?.programs)
})

test('a path that there is not is told with the nearest name', (t) => {
  t.throws(() => abOnKernels(parse(exampleText), base, head, 'redirct'), {
    message: 'Could not find path "redirct" in kernel 6.1.0-54-amd64 (./old); did you mean "redirect"?',
  })
})
