/** Puts other values into the text of a YAML file, and leaves all else of it as it is written. Pure. */
import { isScalar, parseDocument } from 'yaml'
import type { FilePath } from '../scenario/yaml-file.ts'

/** A value's place, and what is to stand there. */
export type Replacement = readonly [path: FilePath, value: string]

/**
 * @param source YAML in which there is no mistake
 * @returns with the values in place; a place that has none, or one by reference (`*name`), stays as it is
 */
export function replaceValues(source: string, replacements: readonly Replacement[]): string {
  const document = parseDocument(source)
  const pieces = replacements.flatMap(([path, value]) => {
    const node = document.getIn(path, true)
    if (!isScalar(node) || node.range === undefined || node.range === null) return []
    const [start, end] = node.range
    return [{ start, end, text: plainOrQuoted(value) }]
  })
  return pieces
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: value }) => text.slice(0, start) + value + text.slice(end), source)
}

/** YAML takes names and paths of files as they are, or in quotes as JSON has them. */
const plainOrQuoted = (value: string): string =>
  /^[\w./][\w./@+-]*$/.test(value) ? value : JSON.stringify(value)
