/** What lines of the summary are made of: a label, and as many clauses behind it as fit. Pure. */
import type { RunRecord } from '../../record/record.ts'
import { type Fate, fateWord } from '../../report/view/outcome.ts'
import { styled } from './output.ts'
import { fitted, textWidth } from './wrap.ts'

type Style = Parameters<typeof styled>[0]

export const separator = ' · '

export const fateStyles: Readonly<Record<Fate, Style>> = {
  faster: 'green',
  slower: 'red',
  mixed: 'yellow',
  equivalent: 'cyan',
  inconclusive: 'yellow',
  invalid: 'red',
  skipped: 'yellow',
}

const wordWidth = 10

/** A path's name and its word, if it has one, before what is said of it. */
export function labelled(record: RunRecord, name: string, fate?: Fate): string {
  const longest = Math.max(...record.paths.map((path) => textWidth(path.name)))
  const nameWidth = Math.min(longest, mostNameWidth)
  const shown = fitted(name, nameWidth).padEnd(nameWidth)
  const word = (fate === undefined ? '' : fateWord(fate)).padEnd(wordWidth)
  return `${shown}  ${fate === undefined ? word : styled(fateStyles[fate], word)}`
}

export const mostNameWidth = 20

/** As many clauses behind a label as fit; the first always, cut where it must be. */
export function fittedClauses(label: string, clauses: readonly string[], width: number): string {
  let text = ''
  for (const clause of clauses) {
    const longer = text === '' ? clause : `${text}, ${clause}`
    if (textWidth(label) + 2 + textWidth(longer) > width && text !== '') continue
    text = longer
  }
  return `${label}  ${fitted(text, width - textWidth(label) - 2)}`
}
