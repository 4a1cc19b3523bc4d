import test from 'ava'
import { decodeEnds, encodeSteps, stepLimitS } from '../../src/topology/steps.ts'

/** Numbers of four bytes and texts, as sandbox/runner.c has them. */
const encoded = (...parts: readonly (number | string)[]): Buffer =>
  Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.alloc(4)
      bytes.writeInt32BE(typeof part === 'number' ? part : Buffer.byteLength(part))
      return typeof part === 'number' ? [bytes] : [bytes, Buffer.from(part)]
    }),
  )

test('a step goes out as its limit, its namespace, its input and its words', (t) => {
  t.deepEqual(
    encodeSteps(
      [{ command: ['ip', '-batch', '-'], input: 'link ä\n', what: 'try', namespaceFile: 'a.b' }],
      '/run/netns',
    ),
    encoded(stepLimitS, '/run/netns/a.b', 'link ä\n', 3, 'ip', '-batch', '-'),
  )
})

test('a step without namespace and input says so by empty texts', (t) => {
  t.deepEqual(
    encodeSteps([{ command: ['true'], what: 'try', limitS: 1.5 }], '/run/netns'),
    encoded(2, '', '', 1, 'true'),
  )
})

test('ends come back in order, up to the first that failed', (t) => {
  t.deepEqual(decodeEnds(encoded(0, 'ä\n', 0, '', 2, 'half', 'it broke\n')), [
    { state: 'done', stdout: 'ä\n', stderr: '' },
    { state: 'done', stdout: '', stderr: '' },
    { state: 'failed', exitCode: 2, stdout: 'half', stderr: 'it broke\n', cause: undefined },
  ])
})

test('a step that was killed for standing still has no exit code', (t) => {
  t.like(decodeEnds(encoded(-1, '', 'it was stopped'))[0], { state: 'failed', exitCode: undefined })
})

test('of an answer that breaks off, what is whole is taken', (t) => {
  const one = { state: 'done', stdout: 'one', stderr: '' } as const
  const whole = Buffer.concat([encoded(0, 'one'), encoded(0, 'other')])
  for (let length = encoded(0, 'one').length; length < whole.length; length += 1)
    t.deepEqual(decodeEnds(whole.subarray(0, length)), [one], String(length))
  const failed = encoded(1, 'half', 'it broke')
  t.deepEqual(decodeEnds(failed.subarray(0, failed.length - 1)), [])
})
