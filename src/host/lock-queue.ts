/**
 * A queue of processes, in the order in which they came: each listens at an abstract socket with a number above
 * all others, and waits for the next lower one to be closed. Who ends, however it does, is out of the queue.
 */
import { type Asked, ask, closeServer, listening, serve } from './abstract-socket.ts'
import { systemCode } from './errors.ts'

export interface Place {
  /** Who is next before us and goes on waiting; undefined where it is our turn. */
  readonly before: () => Promise<Asked | undefined>
  readonly leave: () => Promise<void>
}

/** Takes the last place in the queue of this name. */
export async function joinQueue(queue: string): Promise<Place> {
  for (;;) {
    const number = Math.max(0, ...numbersIn(queue)) + 1
    const server = await serve(`${queue}.${number}`, 'waiting').catch((error: unknown) => {
      if (systemCode(error) === 'EADDRINUSE') return undefined
      throw error
    })
    if (server === undefined) continue
    // Others may have come, and those before them gone, between the look and this: behind them, then.
    if (numbersIn(queue).some((other) => other > number)) {
      await closeServer(server)
      continue
    }
    server.unref()
    return { before: () => nextBefore(queue, number), leave: () => closeServer(server) }
  }
}

/** One that does not answer, as it is suspended, lets others pass: it finds the lock taken when it goes on. */
async function nextBefore(queue: string, number: number): Promise<Asked | undefined> {
  const lower = numbersIn(queue).filter((other) => other < number)
  for (const other of lower.toSorted((a, b) => b - a)) {
    const asked = await ask(`${queue}.${other}`)
    if (asked.words !== undefined) return asked
    asked.hangUp()
  }
  return undefined
}

function numbersIn(queue: string): number[] {
  const start = `${queue}.`
  return listening().flatMap((address) => {
    const number = address.startsWith(start) ? address.slice(start.length) : ''
    return /^\d+$/.test(number) ? [Number(number)] : []
  })
}
