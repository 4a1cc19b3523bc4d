import test from 'ava'
import { align } from '../../src/trace/align.ts'

const aligned = (...lists: string[]): string[] =>
  align(lists.map((list) => Array.from(list))).map(
    ({ key, has }) => `${key}${has.map((one) => (one ? '+' : '-')).join('')}`,
  )

test('what two ways have in common stands once, and what one skips stands where the other has it', (t) => {
  t.deepEqual(aligned('abcd', 'ad'), ['a++', 'b+-', 'c+-', 'd++'])
})

test('what only the second has comes in between', (t) => {
  t.deepEqual(aligned('ad', 'abcd'), ['a++', 'b-+', 'c-+', 'd++'])
})

test('a third way finds its place among two', (t) => {
  t.deepEqual(aligned('abd', 'acd', 'abcd'), ['a+++', 'b+-+', 'c-++', 'd+++'])
})

test('of ways that pass stations in another order each keeps its own', (t) => {
  const rows = align(['abc', 'acb'].map((way) => Array.from(way)))
  for (const [index, way] of ['abc', 'acb'].entries())
    t.is(rows.flatMap(({ key, has }) => (has[index] === true ? [key] : [])).join(''), way)
})

test('a way that is not known has no station', (t) => {
  t.deepEqual(aligned('ab', ''), ['a+-', 'b+-'])
})
