/** Where words go: results to stdout, all else to stderr. */
import { styleText } from 'node:util'
import type { BenchError } from '../../host/errors.ts'
import { systemCode } from '../../host/errors.ts'
import { writeError } from '../../host/room-for-files.ts'
import { printable, withoutCommands } from './printable.ts'
import { hanging } from './wrap.ts'

/** Writes a line of result. */
export const print = (text: string): void => {
  writeLine(process.stdout, withoutCommands(text))
}

/** Writes what is made for a program, which may be commands to who runs a CI job. */
export const printExport = (text: string): void => {
  writeLine(process.stdout, text)
}

/** Writes a text for people: on a terminal, lines that are wider than it are broken between words. */
export const printText = (text: string): void => {
  print(hanging(text, roomForResults()))
}

/** Writes a line of what is going on. */
export const tell = (text: string): void => {
  writeLine(process.stderr, withoutCommands(text))
}

/** The one way out: whatever is in a text, such as the record of somebody else's run, does nothing to a terminal. */
function writeLine(stream: NodeJS.WriteStream, text: string): void {
  stream.write(`${printable(text, hasColours(stream))}\n`)
}

const hasColours = (stream: NodeJS.WriteStream): boolean => styleText('red', '', { stream }) !== ''

/** How many columns a stream has; where nobody says it, lines are for people all the same. */
export const columnsOf = ({ columns }: NodeJS.WriteStream, otherwise = 100): number =>
  Math.max(60, columns || otherwise)

/** How many columns results have room for: those of the terminal; what is none has room for all. */
export const roomForResults = (): number => columnsOf(process.stdout, Infinity)

type Style = Parameters<typeof styleText>[0]

/** `text` in a style where the stream is a terminal that has it; NO_COLOR is heeded (no-color.org). */
export const styled = (style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string =>
  styleText(style, text, { stream })

let failure: BenchError | undefined

/** What kept a result from being written, if anything did; a reader that left early is no such thing. */
export const outputFailure = (): BenchError | undefined => failure

/**
 * Goes on where nobody reads any more: `head` has had enough (EPIPE), or the terminal was closed (EIO). What is
 * being done is done all the same, and the exit code tells how it went.
 */
export function outliveReaders(): void {
  process.stderr.on('error', () => undefined)
  process.stdout.on('error', (error) => {
    if (['EPIPE', 'EIO', 'ECONNRESET'].includes(systemCode(error) ?? '')) return
    failure ??= writeError('write to standard output', error, 'free some space, or write to another place')
  })
}
