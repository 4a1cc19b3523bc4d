import test from 'ava'
import { execa } from 'execa'
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

test('who waits is served in the order of arrival', async (t) => {
  const name = ownName('order')
  const first = await taken('first', name)
  const order: string[] = []
  const waiters: Promise<void>[] = []
  for (const who of ['second', 'third', 'fourth']) {
    const place = await takeLock(who, name)
    if ('release' in place) return t.fail('two have it')
    t.is(place.holder, 'first')
    waiters.push(
      place.freed.then(async () => {
        const lock = await takeLock(who, name)
        if (!('release' in lock)) throw new Error(`${who} was called too early`)
        order.push(who)
        await lock.release()
      }),
    )
  }
  await first.release()
  await Promise.all(waiters)
  t.deepEqual(order, ['second', 'third', 'fourth'])
})

test('who leaves the queue lets those behind go on', async (t) => {
  const name = ownName('leave')
  const first = await taken('first', name)
  const second = await takeLock('second', name)
  const third = await takeLock('third', name)
  if ('release' in second || 'release' in third) return t.fail('two have it')
  second.leave()
  await third.freed
  // Not its turn yet: the first still has the lock.
  const again = await takeLock('third', name)
  t.is('release' in again ? 'taken' : again.holder, 'first')
  if ('release' in again) return
  await first.release()
  await again.freed
  await (await taken('third', name)).release()
})

test('a holder that tells how long it has the lock is asked anew by everyone', async (t) => {
  const name = ownName('words')
  let seconds = 0
  const first = await takeLock(() => `process 1, for ${(seconds += 1)} s`, name)
  for (const expected of ['process 1, for 1 s', 'process 1, for 2 s']) {
    const waiting = await takeLock('second', name)
    t.is('release' in waiting ? '' : waiting.holder, expected)
    if (!('release' in waiting)) waiting.leave()
  }
  if ('release' in first) await first.release()
})

test('a holder that is suspended is named, with what lets it go on', async (t) => {
  const name = ownName('suspended')
  const script = `require('node:net').createServer().listen({ path: ${JSON.stringify(name)} }, () => console.log('there'))`
  const holder = execa(process.execPath, ['--eval', script], { reject: false })
  t.teardown(() => holder.kill('SIGKILL'))
  await new Promise((resolve) => holder.stdout.once('data', resolve))
  holder.kill('SIGSTOP')
  const waiting = await takeLock('second', name)
  if ('release' in waiting) return t.fail('it was taken')
  t.is(
    waiting.holder,
    `process ${holder.pid}, which does not answer: it may be suspended, and goes on with kill -CONT ${holder.pid}`,
  )
  holder.kill('SIGKILL')
  await waiting.freed
  await (await taken('second', name)).release()
})
