import test from 'ava'
import { hanging, wrapped } from '../../src/cli/terminal/wrap.ts'

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

test('an interval is not broken where a line has room for it', (t) => {
  t.deepEqual(wrapped('redirect −6 % (−8 to −3) sender CPU', 20), [
    'redirect −6 %',
    '(−8 to −3) sender',
    'CPU',
  ])
  t.deepEqual(wrapped('−6 % (−8 to −3)', 8), ['−6 % (−8', 'to −3)'])
})
