/** Waiting until nothing else loads the machine. */
import { BenchError } from '../host/errors.ts'
import { type Lock, type LockHeld, takeLock } from '../host/lock.ts'

export interface Waiting {
  /** What is going to be done, for others who wait. */
  readonly name: string
  readonly mayWait: boolean
  /** Says for whom is waited. */
  readonly warn: (message: string) => void
  readonly signal: AbortSignal
}

/**
 * Takes the lock, after those who came before.
 *
 * @throws BenchError `machine` if it may not wait, `interrupted`
 */
async function waitForLock(waiting: Waiting): Promise<Lock> {
  const since = Date.now()
  const words = () =>
    `process ${process.pid}, ${waiting.name}, for ${Math.round((Date.now() - since) / 1000)} s`
  for (;;) {
    const lock = await takeLock(words)
    if ('release' in lock) return lock
    try {
      await waitForHolder(lock, waiting)
    } catch (error) {
      lock.leave()
      throw error
    }
  }
}

async function waitForHolder({ holder, freed }: LockHeld, { mayWait, warn, signal }: Waiting): Promise<void> {
  if (!mayWait)
    throw new BenchError(`Could not start: another run is going on (${holder})`, {
      trouble: 'machine',
      hint: 'two runs at once would distort each other; leave out --no-wait to wait for it',
    })
  warn(`Waiting for another run to end (${holder}); --no-wait ends at once instead`)
  await Promise.race([freed, aborted(signal)])
  if (signal.aborted)
    throw new BenchError('Interrupted while waiting for another run', { trouble: 'interrupted' })
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener(
      'abort',
      () => {
        resolve()
      },
      { once: true },
    )
  })

/** Does something while nothing else loads the machine. @throws BenchError as waitForLock() does */
export async function alone<Result>(waiting: Waiting, work: () => Promise<Result>): Promise<Result> {
  const lock = await waitForLock(waiting)
  try {
    return await work()
  } finally {
    await lock.release()
  }
}
