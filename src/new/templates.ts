/** Templates: whole files but for a few words in capitals. */
import { readFileSync } from 'node:fs'
import { inSources } from '../host/project.ts'

/** The text of a template with its words filled in. @param name its file in the folder of templates */
export function template(name: string, words: Readonly<Record<string, string>> = {}): string {
  const text = readFileSync(inSources('new', 'templates', name), 'utf8')
  return Object.entries(words).reduce(
    (filled, [word, value]) => filled.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), () => value),
    text,
  )
}

/** The same, each line with `spaces` before it, without the last line's end. */
export const indented = (text: string, spaces: number): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `${' '.repeat(spaces)}${line}`)
    .join('\n')
