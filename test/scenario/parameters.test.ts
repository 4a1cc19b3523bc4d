import test from 'ava'
import { withParameters } from '../../src/scenario/parameters.ts'

test('a text that is nothing but the name of a parameter becomes its value, and a number stays one', (t) => {
  const { value, issues } = withParameters({
    parameters: { rules: 10, vip: '10.0.0.1' },
    load: [{ packets: '${rules}' }],
    map: { key: '${vip}', text: 'to ${vip}:${rules}' },
  })
  t.deepEqual(value, {
    parameters: { rules: 10, vip: '10.0.0.1' },
    load: [{ packets: 10 }],
    map: { key: '10.0.0.1', text: 'to 10.0.0.1:10' },
  })
  t.deepEqual(issues, [])
})

test('a name that no parameter has is told with its place, but in commands, where it is the shell’s', (t) => {
  const { value, issues } = withParameters({
    parameters: { rules: 10 },
    paths: {
      a: { title: 'with ${rulse}', setup: [{ run: 'echo ${HOME} ${rules}' }], agent: { run: '${HOME}/x' } },
    },
  })
  t.deepEqual(issues, [
    {
      path: ['paths', 'a', 'title'],
      message: 'no parameter "rulse"; did you mean "rules"?; there are: rules',
    },
  ])
  t.deepEqual((value as { paths: { a: object } }).paths.a, {
    title: 'with ${rulse}',
    setup: [{ run: 'echo ${HOME} 10' }],
    agent: { run: '${HOME}/x' },
  })
})

test('a file without parameters is left as it is', (t) => {
  const file = { title: 'costs ${rules}' }
  t.deepEqual(withParameters(file), { value: file, issues: [] })
  for (const value of [undefined, null, 7, 'text', { parameters: 'none' }])
    t.deepEqual(withParameters(value), { value, issues: [] })
})
