/** Abstract UNIX sockets (unix(7)), by which processes of a network namespace find each other. */
import { readlinkSync } from 'node:fs'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { readIfThere } from './kernel-file.ts'
import { namesIn } from './names-in.ts'
import { isProcessStopped } from './process-state.ts'

const connections = new WeakMap<Server, Set<Socket>>()

/** Listens, and tells everyone who comes some words. @throws Error with code EADDRINUSE where another does */
export async function serve(address: string, words: string | (() => string)): Promise<Server> {
  const open = new Set<Socket>()
  const server = createServer((connection) => {
    open.add(connection)
    connection.on('close', () => open.delete(connection))
    connection.on('error', () => undefined)
    connection.write(`${typeof words === 'string' ? words : words()}\n`)
    connection.unref()
  })
  connections.set(server, open)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ path: address }, resolve)
  })
  return server
}

/** Ends the listening, and every connection. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    for (const connection of connections.get(server) ?? []) connection.destroy()
  })
}

/** A connection to who listens at an address. */
export interface Asked {
  /** What it said; undefined where it said nothing for a while, or is not there. */
  readonly words: string | undefined
  readonly isThere: boolean
  /** Kept once the other has ended, or was not there. */
  readonly closed: Promise<void>
  readonly hangUp: () => void
}

/** Longest that an answer is waited for: a process that runs answers at once, or once it has done its sums. */
const patienceMs = 2000

/** How often it is looked meanwhile whether the other is stopped, and will not answer. */
const lookEveryMs = 200

/** Asks who listens at an address, and stays connected. */
export function ask(address: string): Promise<Asked> {
  return new Promise((resolve) => {
    const connection = createConnection({ path: address })
    const closed = new Promise<void>((resolveClosed) => {
      connection.once('close', () => {
        resolveClosed()
      })
    })
    const answer = (words: string | undefined, isThere: boolean) => {
      clearInterval(patience)
      resolve({
        words,
        isThere,
        closed,
        hangUp: () => {
          connection.destroy()
        },
      })
    }
    let looks = 0
    const patience = setInterval(() => {
      looks += 1
      if (looks * lookEveryMs >= patienceMs || isOwnerStopped(address)) answer(undefined, true)
    }, lookEveryMs)
    connection.on('error', () => undefined)
    connection.once('data', (data) => {
      answer(data.toString().trim(), true)
    })
    void closed.then(() => {
      answer(undefined, false)
    })
  })
}

interface Row {
  readonly address: string
  readonly inode: string
}

/** Sockets of this network namespace with an abstract address, which /proc/net/unix shows with @ for each NUL. */
const rows = (): Row[] =>
  readIfThere('/proc/net/unix')
    .split('\n')
    .flatMap((line) => {
      const [, , , flags, , , inode = '', name = ''] = line.trim().split(/\s+/)
      // __SO_ACCEPTCON: it listens.
      return flags === '00010000' && name.startsWith('@')
        ? [{ address: `\0${name.slice(1).replace(/@+$/, '')}`, inode }]
        : []
    })

/** Abstract addresses that someone listens at. */
export const listening = (): string[] => rows().map(({ address }) => address)

/** The process that listens at an address, as far as one may see. */
export function ownerOf(address: string): number | undefined {
  const inode = rows().find((row) => row.address === address)?.inode
  if (inode === undefined) return undefined
  const pids = namesIn('/proc').filter((name) => /^\d+$/.test(name))
  const owner = pids.find((pid) =>
    namesIn(`/proc/${pid}/fd`).some(
      (descriptor) => linkOf(`/proc/${pid}/fd/${descriptor}`) === `socket:[${inode}]`,
    ),
  )
  return owner === undefined ? undefined : Number(owner)
}

function isOwnerStopped(address: string): boolean {
  const pid = ownerOf(address)
  return pid !== undefined && isProcessStopped(pid)
}

function linkOf(file: string): string | undefined {
  try {
    return readlinkSync(file)
  } catch {
    return undefined
  }
}
