import test from 'ava'
import { type Lock, takeLock } from '../../src/host/lock.ts'

/** A name that no run takes. */
const ownName = (test: string) => `\0pathbench-test-${process.pid}-${test}`

const taken = async (holder: string, name: string): Promise<Lock> => {
  const lock = await takeLock(holder, name)
  if ('release' in lock) return lock
  throw new Error(`${lock.holder} has it`)
}

test('who comes second is told who has the lock', async (t) => {
  const name = ownName('second')
  const first = await taken('process 1, example', name)
  const second = await takeLock('process 2', name)
  t.false('release' in second)
  t.is('release' in second ? '' : second.holder, 'process 1, example')
  await first.release()
})

test('who waits is told when the lock is given back, and can take it', async (t) => {
  const name = ownName('wait')
  const first = await taken('first', name)
  const waiting = await takeLock('second', name)
  if ('release' in waiting) return t.fail('both have it')
  const freed = waiting.freed.then(() => 'freed')
  await first.release()
  t.is(await freed, 'freed')
  const second = await taken('second', name)
  await second.release()
})

test('a lock that was given back can be taken again', async (t) => {
  const name = ownName('again')
  for (const holder of ['a', 'b', 'c']) await (await taken(holder, name)).release()
  t.pass()
})
