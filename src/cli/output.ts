/** Where words go: results to stdout, all else to stderr. */
import { styleText } from 'node:util'

/** Writes a line of result. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** Writes a line of what is going on. */
export const tell = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

type Style = Parameters<typeof styleText>[0]

/** `text` in a style where the stream is a terminal that has it; NO_COLOR is heeded (no-color.org). */
export const styled = (style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string =>
  styleText(style, text, { stream })
