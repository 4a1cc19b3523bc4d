import test from 'ava'
import { describeError } from '../../src/host/errors.ts'
import { showPath } from '../../src/scenario/issues.ts'
import { changed, errorOf, problemsOf } from './example.ts'

test('a path into the file is written as in JavaScript', (t) => {
  t.is(
    showPath(['paths', 'redirect', 'programs', 0, 'maps', 'services', 2, 'key', 'port']),
    'paths.redirect.programs[0].maps.services[2].key.port',
  )
  t.is(showPath([]), '(top)')
})

test('every problem of a file is told at once, in the order of its lines', (t) => {
  let text = changed('role: candidate', 'role: candy')
  text = changed('name: example', 'nmae: example', text)
  text = changed('port: 7000', 'port: 0', text)
  t.deepEqual(problemsOf(text), [
    '1:1  name: missing',
    '1:1  nmae: unknown key "nmae"; did you mean "name"?',
    '21:51  server.port: expected a port, 1 to 65535, found 0',
    '33:5  paths.redirect.role: expected a role: baseline, candidate, control or floor, found "candy"',
  ])
})

test('the whole error names the file, the number of problems, and where the schema is', (t) => {
  const text = changed('port: 7000', 'port: 0', changed('role: candidate', 'role: candy'))
  const lines = describeError(errorOf(text)).split('\n')
  t.is(lines.length, 4)
  t.regex(lines[0]!, /^Could not use scenario .*scenarios\/example\.yaml: 2 problems$/)
  t.regex(lines[1]!, /^ {2}.*scenarios\/example\.yaml:21:51 {2}server\.port: /)
  t.is(lines[3], 'Hint: docs/scenario.md explains every key of a scenario file')
})

test('a single problem is not counted', (t) => {
  t.regex(errorOf(changed('port: 7000', 'port: 0')).message, /example\.yaml: a problem$/)
})

test('a long value is cut', (t) => {
  const [problem = ''] = problemsOf(changed('title: redirecting', `title: [${'x'.repeat(100)}]`))
  t.is(problem, `34:5  paths.redirect.title: expected string, found ["${'x'.repeat(55)}…`)
})
