import test from 'ava'
import { decodeEnds } from '../../src/topology/steps.ts'

test('of what a tool writes without end its last words are kept', (t) => {
  const said = Buffer.alloc(70 * 1024 ** 2, 'a')
  said.write('last words', said.length - 10)
  const head = Buffer.alloc(8)
  head.writeInt32BE(said.length, 4)
  const [end] = decodeEnds(Buffer.concat([head, said]))
  t.is(end?.state, 'done')
  t.is(end?.stdout.length, 64 * 1024 ** 2)
  t.true(end?.stdout.endsWith('aalast words'))
})
