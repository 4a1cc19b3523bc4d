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

test('no line ends in spaces, and a cell may be missing', (t) => {
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

test('on a terminal that is too narrow, cells are broken between words, the widest columns first', (t) => {
  const rows = [
    ['veth', 'the links between them'],
    ['run-counts', 'proves that a program ran'],
  ]
  const left = ['', 'what for'].map((title) => ({ title, align: 'left' as const }))
  t.is(
    textTable(left, rows, 26),
    [
      '            what for',
      'veth        the links',
      '            between them',
      'run-counts  proves that a',
      '            program ran',
    ].join('\n'),
  )
})

test('each line of a broken cell has its colour', (t) => {
  const [red, end] = ['\u001B[31m', '\u001B[39m']
  t.is(
    textTable(
      [
        { title: 'said', align: 'left' },
        { title: 'by', align: 'left' },
      ],
      [[`${red}not decided here${end}`, 'us']],
      15,
    ),
    `said         by\n${red}not decided${end}  us\n${red}here${end}`,
  )
})

test('words are never cut, and a table that fits no way is left to the terminal', (t) => {
  const left = ['a', 'b'].map((title) => ({ title, align: 'left' as const }))
  const rows = [['one-long-word', 'two long-words-here']]
  t.is(textTable(left, rows, 20), 'a              b\none-long-word  two long-words-here')
})

test('a cell alone in its row may reach over the columns', (t) => {
  const left = ['run', 'paths'].map((title) => ({ title, align: 'left' as const }))
  t.is(textTable(left, [['1', '4'], ['  redirect faster']]), 'run  paths\n1    4\n  redirect faster')
})
