/**
 * One run at a time: two at once would distort each other's timing.
 *
 * The lock is a listening abstract UNIX socket (unix(7)): the kernel frees it with the process that
 * holds it, however that ends, and who waits is told by the closed connection. Who comes first is
 * served first (`lock-queue.ts`). It covers the host's network namespace.
 */
import type { Server } from 'node:net'
import { ask, type Asked, closeServer, ownerOf, serve } from './abstract-socket.ts'
import { systemCode } from './errors.ts'
import { joinQueue, type Place } from './lock-queue.ts'

/** The lock of all runs: an abstract address begins with a NUL. */
const runLock = '\0pathbench'

export interface Lock {
  readonly release: () => Promise<void>
}

/** Somebody else has the lock, or is before us. */
export interface LockHeld {
  /** What the holder tells about itself. */
  readonly holder: string
  /** Kept once it may be our turn: `takeLock` then goes on from the place in the queue that we have. */
  readonly freed: Promise<void>
  /** Leaves the queue; until then this process does not end. */
  readonly leave: () => void
}

/** What others are told about a holder, one line: a function where it changes with time. */
export type HolderWords = string | (() => string)

/** Places whose turn may have come, by the lock that they are for. */
const called = new Map<string, Place>()

/**
 * Takes the lock, or finds out who has it, and stands in line.
 *
 * @param address which lock
 * @returns the lock, or who holds it
 */
export async function takeLock(holder: HolderWords, address = runLock): Promise<Lock | LockHeld> {
  const place = called.get(address) ?? (await joinQueue(address))
  called.delete(address)
  const before = await place.before()
  if (before !== undefined) return held(address, place, before)
  try {
    const server = await serve(address, holder)
    // The lock alone keeps no process alive.
    server.unref()
    return { release: () => release(server, place) }
  } catch (error) {
    if (systemCode(error) !== 'EADDRINUSE') throw error
    return held(address, place, await ask(address))
  }
}

async function release(server: Server, place: Place): Promise<void> {
  await closeServer(server)
  await place.leave()
}

async function held(address: string, place: Place, before: Asked): Promise<LockHeld> {
  const freed = before.closed.then(() => {
    called.set(address, place)
  })
  return {
    holder: await wordsOfHolder(address),
    freed,
    leave: () => {
      before.hangUp()
      if (called.get(address) === place) called.delete(address)
      void place.leave()
    },
  }
}

async function wordsOfHolder(address: string): Promise<string> {
  const { words, hangUp, isThere } = await ask(address)
  hangUp()
  if (words !== undefined) return words
  const pid = isThere ? ownerOf(address) : undefined
  return pid === undefined
    ? 'another run'
    : `process ${pid}, which does not answer: it may be suspended, and goes on with kill -CONT ${pid}`
}
