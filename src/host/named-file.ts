/** Files that a user names: whatever stands there, reading it has an end. */
import { isUtf8 } from 'node:buffer'
import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs'
import { BenchError } from './errors.ts'

/** What is to be read. */
interface Named {
  /** Completes `Could not read … FILE`. */
  readonly what: string
  readonly trouble: BenchError['trouble']
  /** Larger ones are none of this kind. */
  readonly mostBytes?: number
}

/** @throws BenchError if it cannot be read, is no regular file, or larger than it may be */
export function readNamedFile(file: string, { what, trouble, mostBytes = Infinity }: Named): Buffer {
  try {
    // A pipe that nobody writes to is not waited for.
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const reason = reasonAgainst(fstatSync(descriptor), mostBytes)
      if (reason !== undefined) throw new Error(reason)
      return readFileSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    throw new BenchError(`Could not read ${what} ${file}: ${(error as Error).message}`, {
      trouble,
      cause: error,
    })
  }
}

/**
 * The text of one, which is UTF-8: bytes that are none would be read as other words than were written.
 *
 * @throws BenchError as `readNamedFile`, and where it is something else, with the line
 */
export function readNamedText(file: string, named: Named): string {
  const bytes = readNamedFile(file, named)
  if (isUtf8(bytes)) return bytes.toString()
  throw new BenchError(
    `Could not read ${named.what} ${file}: line ${firstLineNotUtf8(bytes)} is not UTF-8, or is cut off`,
    { trouble: named.trouble },
  )
}

function firstLineNotUtf8(bytes: Buffer): number {
  let [line, start] = [1, 0]
  for (;;) {
    const end = bytes.indexOf('\n', start)
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line
    ;[line, start] = [line + 1, end + 1]
  }
}

function reasonAgainst(stats: Stats, mostBytes: number): string | undefined {
  if (stats.isDirectory()) return 'it is a folder, and no file'
  if (stats.isFIFO()) return 'it is a pipe, and no file'
  if (!stats.isFile()) return 'it is a device, and no file'
  return stats.size > mostBytes ? `it has more than ${mostBytes / 1024 ** 2} MiB` : undefined
}
