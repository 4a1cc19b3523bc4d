import test from 'ava'
import {
  BenchError,
  bothOf,
  describeError,
  exitCodeOf,
  exitCodes,
  systemCode,
} from '../../src/host/errors.ts'

test('each kind of trouble has its exit code, and a defect has 1', (t) => {
  const codes = (['usage', 'machine', 'failed', 'interrupted'] as const).map((trouble) =>
    exitCodeOf(new BenchError('', { trouble })),
  )
  t.deepEqual(codes, [2, 3, 4, 130])
  t.is(exitCodeOf(new TypeError('x is not a function')), 1)
  t.is(exitCodeOf('thrown text'), 1)
  t.deepEqual(Object.values(exitCodes), [0, 1, 2, 3, 4, 5, 130])
})

test('an error is its message, what the tool said below it, and what to do', (t) => {
  const error = new BenchError('Could not load redirect.bpf.o: permission denied', {
    trouble: 'failed',
    details: '\nline one\n  line two\n',
    hint: 'run `bench doctor`',
  })
  t.is(
    describeError(error),
    'Could not load redirect.bpf.o: permission denied\n  line one\n    line two\nHint: run `bench doctor`',
  )
})

test('without details and hint it is its message', (t) => {
  t.is(describeError(new BenchError('Could not', { trouble: 'failed', details: '' })), 'Could not')
})

test('of two errors the first is told, and below it the second, if that is another', (t) => {
  const full = new BenchError('Could not write run.json', { trouble: 'failed', hint: 'free some space' })
  const page = new BenchError('Could not write page.html', { trouble: 'failed' })
  t.is(
    describeError(bothOf(full, page)),
    'Could not write run.json\n  Could not write page.html\nHint: free some space',
  )
  t.is(bothOf(full, full), full)
  t.is(bothOf(undefined, page), page)
})

test('a defect says that it is one, and where', (t) => {
  const text = describeError(new TypeError('x is not a function'))
  t.true(text.startsWith('Internal error (please report it): TypeError: x is not a function\n    at '))
  t.is(describeError('thrown text'), 'Internal error (please report it): thrown text')
})

test('the cause is kept', (t) => {
  const cause = new Error('below')
  t.is(new BenchError('above', { trouble: 'failed', cause }).cause, cause)
})

test('the code of an error from the system can be told', (t) => {
  t.is(systemCode(Object.assign(new Error('no'), { code: 'ENOENT' })), 'ENOENT')
  t.is(systemCode(new Error('no')), undefined)
  t.is(systemCode('ENOENT'), undefined)
})
