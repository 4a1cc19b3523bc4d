/** Text that Markdown shows as it is. */
import { stripVTControlCharacters } from 'node:util'

/** `text` on one line, with whatever would be markup, HTML or the end of a table's cell escaped. */
export const escapeMarkdown = (text: string): string =>
  stripVTControlCharacters(text)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_{}[\]<>|#~&$]/g, '\\$&')

/** `text` as code on one line; the fence is longer than any row of backticks in it (CommonMark 6.1). */
export function inlineCode(text: string): string {
  const plain = stripVTControlCharacters(text).replaceAll(/\s+/g, ' ').trim()
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([row]) => row.length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? `${fence}${plain}${fence}` : `${fence} ${plain} ${fence}`
}

/** A table; cells are Markdown. */
export const markdownTable = (
  columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[],
  rows: readonly (readonly string[])[],
): string[] => [
  `| ${columns.map(({ title }) => title).join(' | ')} |`,
  `| ${columns.map(({ align }) => (align === 'right' ? '--:' : ':--')).join(' | ')} |`,
  ...rows.map((cells) => `| ${cells.join(' | ')} |`),
]

/** A list that is folded away under its title; nothing where it is empty. The items are Markdown. */
export const foldedMarkdown = (title: string, items: readonly string[]): string[] =>
  items.length === 0
    ? []
    : [`<details><summary>${title}</summary>`, '', ...items.map((item) => `- ${item}`), '', '</details>']
