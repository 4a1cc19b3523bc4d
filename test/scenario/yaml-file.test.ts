import test from 'ava'
import { parseYaml } from '../../src/scenario/yaml-file.ts'
import { changed, problemsOf } from './example.ts'

const text = `a:
  b: [1, { c: 2 }]
d: text
7: seven
`

test('the position of a value is that of its key or item', (t) => {
  const { value, issues, positionOf } = parseYaml(text)
  t.deepEqual(value, { a: { b: [1, { c: 2 }] }, d: 'text', 7: 'seven' })
  t.deepEqual(issues, [])
  t.deepEqual(positionOf(['a', 'b']), { line: 2, column: 3 })
  t.deepEqual(positionOf(['a', 'b', 0]), { line: 2, column: 7 })
  t.deepEqual(positionOf(['a', 'b', 1, 'c']), { line: 2, column: 12 })
  t.deepEqual(positionOf(['d']), { line: 3, column: 1 })
  t.deepEqual(positionOf(['7']), { line: 4, column: 1 })
})

test('the position of what is not there is that of the nearest value above it', (t) => {
  const { positionOf } = parseYaml(text)
  t.deepEqual(positionOf([]), { line: 1, column: 1 })
  t.deepEqual(positionOf(['nothing', 'inside']), { line: 1, column: 1 })
  t.deepEqual(positionOf(['a', 'b', 5]), { line: 2, column: 3 })
  t.deepEqual(positionOf(['d', 'deeper']), { line: 3, column: 1 })
})

test('broken YAML has no value, and says where it breaks', (t) => {
  const { value, issues } = parseYaml('a: [1\nb: 2\n')
  t.is(value, undefined)
  t.deepEqual(issues[0]?.position, { line: 2, column: 1 })
  t.deepEqual(problemsOf(changed('client: { namespace: netns-1 }', 'client: [netns-1')), [
    '21:1: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ])
})

test('a key that stands twice is an error at the second', (t) => {
  t.deepEqual(problemsOf(changed('client:', 'name: other\nclient:')), ['20:1: Map keys must be unique'])
})

test('an alias without its anchor is an error where it stands', (t) => {
  t.deepEqual(problemsOf(changed('title: redirecting', 'title: *nothing')), [
    '34:12: no anchor "&nothing" before this alias',
  ])
})

test('texts that look like numbers keep their meaning by YAML 1.2', (t) => {
  t.deepEqual(parseYaml('[02:00:00:00:00:01, 0x10, no, 1e3]').value, ['02:00:00:00:00:01', 16, 'no', 1000])
})
