/**
 * One run at a time: two at once would distort each other's timing.
 *
 * The lock is a listening abstract UNIX socket (unix(7)): the kernel frees it with the process that
 * holds it, however that ends, and who waits is told by the closed connection. It covers the host's
 * network namespace.
 */
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { systemCode } from './errors.ts'

/** The lock of all runs: an abstract address begins with a NUL. */
const runLock = '\0pathbench'

export interface Lock {
  readonly release: () => Promise<void>
}

/** Somebody else has the lock. */
export interface LockHeld {
  /** What the holder tells about itself. */
  readonly holder: string
  /** Kept once the lock may be free. */
  readonly freed: Promise<void>
  /** Stops waiting for that; until then this process does not end. */
  readonly leave: () => void
}

/**
 * Takes the lock, or finds out who has it.
 *
 * @param holder what others are told about us, one line
 * @param address which lock
 * @returns the lock, or who holds it
 */
export async function takeLock(holder: string, address = runLock): Promise<Lock | LockHeld> {
  const waiting = new Set<Socket>()
  const server = createServer((connection) => {
    waiting.add(connection)
    connection.on('close', () => waiting.delete(connection))
    connection.on('error', () => undefined)
    connection.write(`${holder}\n`)
    connection.unref()
  })
  try {
    await listen(server, address)
  } catch (error) {
    if (systemCode(error) !== 'EADDRINUSE') throw error
    return askHolder(address)
  }
  // The lock alone keeps no process alive.
  server.unref()
  return {
    release: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        for (const connection of waiting) connection.destroy()
      }),
  }
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ path: address }, resolve)
  })
}

function askHolder(address: string): Promise<LockHeld> {
  return new Promise((resolve) => {
    const connection = createConnection({ path: address })
    const freed = new Promise<void>((resolveFreed) => {
      connection.once('close', () => {
        resolveFreed()
      })
    })
    const leave = () => {
      connection.destroy()
    }
    connection.on('error', () => undefined)
    connection.once('data', (data) => {
      resolve({ holder: data.toString().trim(), freed, leave })
    })
    // It ended before it answered.
    void freed.then(() => {
      resolve({ holder: 'another run', freed, leave })
    })
  })
}
