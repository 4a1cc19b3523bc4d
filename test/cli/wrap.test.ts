import test from 'ava'
import { hanging } from '../../src/cli/terminal/wrap.ts'

test('a line that is too long goes on below its text, or set in by two; others stay as they are', (t) => {
  t.is(
    hanging(
      '  skips     the route and neighbour lookup\n  short   line\nstack: the way of the kernel itself',
      30,
    ),
    [
      '  skips     the route and',
      '            neighbour lookup',
      '  short   line',
      'stack: the way of the kernel',
      '  itself',
    ].join('\n'),
  )
})

test('a word that is wider than the line, such as the name of a file, stays whole', (t) => {
  t.is(hanging('report  /a/folder/with/a/long/name.html', 20), 'report  /a/folder/with/a/long/name.html')
})
