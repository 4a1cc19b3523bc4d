import test from 'ava'
import { refusedIn } from '../../src/topology/additive-rules.ts'

const placesOf = (ruleset: string) => refusedIn(ruleset).map(({ line, column }) => `${line}:${column}`)

test('statements that reach what others have are found, each by its place', (t) => {
  t.deepEqual(placesOf('flush ruleset\ntable ip a { }; delete table ip b\n  destroy table ip c'), [
    '1:1',
    '2:17',
    '3:3',
  ])
  t.is(
    refusedIn('flush ruleset')[0]?.message,
    '"flush" reaches what others have: with "place: existing" rules are added in tables of their own, which go after a path\'s trials',
  )
})

test('the same words inside of tables, comments and texts are no such statements', (t) => {
  const rules = `# flush ruleset
table ip a { # delete table ip b
  set reset { type ipv4_addr
    elements = { 10.0.0.1 } }
  chain flush { type filter hook forward priority 0
    counter comment "; flush ruleset"
    tcp flags \\
reset drop
  }
}
define destroy = 1
`
  t.deepEqual(placesOf(rules), [])
})
