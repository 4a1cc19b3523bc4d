import test from 'ava'
import { Frames } from '../../src/remote/frames.ts'

/** A frame that answers. */
function frame(number: number, answer: string): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(4 + answer.length)
  head.writeUInt32BE(number, 4)
  return Buffer.concat([head, Buffer.from(answer)])
}

test('answers come to those who asked, in whatever order and pieces', async (t) => {
  const sent: Buffer[] = []
  const frames = new Frames((bytes) => sent.push(bytes))
  const asked = [frames.ask(Buffer.from('one')), frames.ask(Buffer.from('two'))]
  t.deepEqual(sent, [frame(1, 'one'), frame(2, 'two')])
  const bytes = Buffer.concat([frame(2, 'second'), frame(1, '')])
  for (const byte of bytes) frames.hear(Buffer.from([byte]))
  t.deepEqual((await Promise.all(asked)).map(String), ['', 'second'])
})

test('who waits when the stream ends, or asks after that, gets no answer', async (t) => {
  const frames = new Frames(() => undefined)
  const asked = frames.ask(Buffer.from('one'))
  frames.close()
  t.is((await asked).length, 0)
  t.is((await frames.ask(Buffer.from('two'))).length, 0)
})
