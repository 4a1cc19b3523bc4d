/** What is wrong with gates: each with its place, all told at once. */
import { BenchError } from '../host/errors.ts'
import type { GateSource } from './rule.ts'

export interface Problem {
  readonly source: GateSource
  readonly message: string
  /** The gate's text, to be shown. */
  readonly text?: string
}

/** One error for all of them, in the order of their lines. */
export function gatesError(problems: readonly Problem[]): BenchError {
  const lines = problems
    .toSorted(
      (a, b) =>
        a.source.file.localeCompare(b.source.file) ||
        a.source.line - b.source.line ||
        a.source.column - b.source.column,
    )
    .map(
      ({ source: { file, line, column }, message, text }) =>
        `${file}:${line}:${column}${text === undefined ? '' : `  "${text}"`}: ${message}`,
    )
  return new BenchError(
    `Could not use gates: ${lines.length === 1 ? 'a problem' : `${lines.length} problems`}`,
    {
      trouble: 'usage',
      details: lines.join('\n'),
      hint: '`bench check --help` shows what a gate may say',
    },
  )
}
