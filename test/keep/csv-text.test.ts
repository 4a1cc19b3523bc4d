import test from 'ava'
import { csvOf, csvText } from '../../src/keep/csv-text.ts'

test('fields are separated by commas, and each line ends with a line feed', (t) => {
  t.is(
    csvText([
      ['path', 'n'],
      ['stack', 12],
    ]),
    'path,n\nstack,12\n',
  )
})

test('numbers are written in full, truth in words', (t) => {
  t.is(csvText([[1e21, 0.1, -0.5, true, false]]), '1e+21,0.1,-0.5,true,false\n')
})

test('what is not known is an empty field', (t) => {
  t.is(csvText([[null, 0, undefined]]), ',0,\n')
})

test('text with commas, quotes or line breaks is quoted', (t) => {
  t.is(csvText([['a,b', 'a "b"', 'a\nb', 'a\rb', 'a b']]), '"a,b","a ""b""","a\nb","a\rb",a b\n')
})

test('a table has the columns that it is to have, in their order', (t) => {
  t.is(csvOf(['b', 'a'], [{ a: 1, b: 2, c: 3 }, { a: 4 }]), 'b,a\n2,1\n,4\n')
})
