import test from 'ava'
import { printable, withoutCommands } from '../../src/cli/terminal/printable.ts'

test('control characters are written as JSON escapes them, and words are left alone', (t) => {
  t.is(printable('a\x1b]0;title\x07b\rc\x9bd\x7f', false), 'a\\u001b]0;title\\u0007b\\u000dc\\u009bd\\u007f')
  t.is(printable('two\nlines\tand ümlauts 🦊', false), 'two\nlines\tand ümlauts 🦊')
})

test('colours stay on a terminal that has them, and nothing else does', (t) => {
  t.is(
    printable('\x1b[31mred\x1b[39m \x1b[8mhidden \x1b[2J', true),
    '\x1b[31mred\x1b[39m \\u001b[8mhidden \\u001b[2J',
  )
  t.is(printable('\x1b[31mred\x1b[39m', false), '\\u001b[31mred\\u001b[39m')
})

test('JSON is the same JSON afterwards', (t) => {
  const text = JSON.stringify({ odd: '\x1b[2J\x9b\x7f' })
  t.deepEqual(JSON.parse(printable(text, false)), { odd: '\x1b[2J\x9b\x7f' })
})

test('words of a scenario or a record are no commands to who runs a CI job', (t) => {
  for (const line of [
    '::error::all is lost',
    '  ::warning file=a.yaml,line=1::look',
    '::stop-commands::token',
    '##[error]all is lost',
    '##vso[task.complete result=Failed;]',
    "##teamcity[testFailed name='all']",
  ])
    t.is(withoutCommands(`first\n${line}\nlast`), `first\n\\${line}\nlast`, line)
  for (const line of ['::1 dev lo', 'via ::', 'a ::error::b', '## Heading'])
    t.is(withoutCommands(`first\n${line}\nlast`), `first\n${line}\nlast`)
})
