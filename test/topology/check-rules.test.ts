import test from 'ava'
import { includesIn, problemsIn } from '../../src/topology/check-rules.ts'

test('every problem that nft finds has its line, its column and its words', (t) => {
  const stderr = `/dev/stdin:2:3-7: Error: syntax error, unexpected string
  bogus rule
  ^^^^^
/dev/stdin:4:20-29: Error: Could not resolve hostname: Name or service not known
    ip saddr nowhere.at accept
             ^^^^^^^^^^
`
  t.deepEqual(problemsIn(stderr), [
    { line: 2, column: 3, message: 'syntax error, unexpected string' },
    { line: 4, column: 20, message: 'Could not resolve hostname: Name or service not known' },
  ])
})

test('rules that include files are found, wherever they stand; words that merely look so are not', (t) => {
  const rules = [
    'include "/etc/nftables.conf"',
    'table ip a { comment "include nothing" }',
    'define x = 1;  include "more.nft"',
    '# include "x"',
    'included',
    'table ip b { include "x"; chain c { include \\',
    '  "y"',
    '} }',
  ]
  t.deepEqual(
    includesIn(rules.join('\n')).map(({ line, column }) => [line, column]),
    [
      [1, 1],
      [3, 16],
      [6, 14],
      [6, 37],
    ],
  )
})
