import test from 'ava'
import { textTable } from '../../src/cli/terminal/text-table.ts'

const columns = [
  { title: 'name', align: 'left' },
  { title: 'count', align: 'right' },
] as const

test('columns are as wide as their widest cell, and two spaces apart', (t) => {
  t.is(
    textTable(columns, [
      ['stack', '7'],
      ['redirect', '123456'],
    ]),
    ['name       count', 'stack          7', 'redirect  123456'].join('\n'),
  )
})

test('no line ends in blanks, and a cell may be missing', (t) => {
  t.is(textTable([...columns].toReversed(), [['1', ''], ['22']]), 'count  name\n    1\n   22')
})

test('colours take no room', (t) => {
  const green = '\u001B[32mstack\u001B[39m'
  t.is(
    textTable(columns, [
      [green, '1'],
      ['stacks', '2'],
    ]),
    `name    count\n${green}       1\nstacks      2`,
  )
})

test('characters of more than one code unit count once', (t) => {
  t.is(textTable(columns, [['µs → 😀', '1']]), 'name    count\nµs → 😀      1')
})

test('without rows there is the head', (t) => {
  t.is(textTable(columns, []), 'name  count')
})
