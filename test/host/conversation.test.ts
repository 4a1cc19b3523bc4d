import test from 'ava'
import { converse } from '../../src/host/conversation.ts'
import { BenchError } from '../../src/host/errors.ts'

test('every order is heard, and each answer comes in its turn', async (t) => {
  const echo = converse('echo', ['cat'])
  echo.tell({ number: 1 })
  echo.tell({ number: 2 })
  t.deepEqual(await echo.hear('count'), { number: 1 })
  t.deepEqual(await echo.hear('count'), { number: 2 })
  await echo.end()
})

test('an answer may come when no order follows', async (t) => {
  const counter = converse('counter', ['grep', '-c', 'order'])
  counter.tell({ order: 'a' })
  counter.tell({ order: 'b' })
  counter.endInput()
  t.is(await counter.hear('count orders'), 2)
  await counter.end()
})

for (const [how, script] of [
  ['exit code 3', 'echo no memory >&2; exit 3'],
  ['SIGKILL', 'echo no memory >&2; kill -KILL $$'],
] as const)
  test(`a program that has ended with ${how} says what it was about`, async (t) => {
    const program = converse('udpgen', ['sh', '-c', script])
    program.tell({ command: 'open' })
    const error = await t.throwsAsync(program.hear('open the sockets'), { instanceOf: BenchError })
    t.is(error.message, `Could not open the sockets: udpgen ended (${how})`)
    t.is(error.details, 'no memory')
  })
