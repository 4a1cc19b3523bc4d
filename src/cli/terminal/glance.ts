/**
 * What a run has found, at a glance: a line for each candidate, one for the noise, one for what is undecided, and one
 * for what to mind. Fits the width it is given. Pure.
 */
import { kernelRelease } from '../../across/identity.ts'
import type { RunRecord } from '../../record/record.ts'
import { emptyHanded } from '../../report/view/empty-handed.ts'
import { subjectWordsOf } from '../../report/view/subject-line.ts'
import { styled } from './output.ts'
import { fitted } from './wrap.ts'
import { separator } from './glance-line.ts'
import { isDead, candidateLines } from './glance-candidate.ts'
import { manyLines } from './glance-many.ts'
import { againstLines, baselineLine, controlLine, withheldLines, undecidedLine } from './glance-notes.ts'

/** From so many candidates on, a table of cells stands for their lines. */
const manyCandidates = 8

/** Each line fits into `width` columns. */
export function glance(record: RunRecord, width: number): string[] {
  const candidates = record.paths.filter(({ role }) => role === 'candidate')
  const isMany = candidates.length >= manyCandidates
  const before = [styled('bold', subjectLine(record, width)), '', ...emptyHandedLine(record, width)]
  const after = [
    ...baselineLine(record, width),
    ...controlLine(record, width),
    ...againstLines(record, width),
    ...withheldLines(record, width),
    ...undecidedLine(record, width),
  ]
  const dead = candidates.filter((path) => isDead(record, path)).length
  const room = mostLines - before.length - after.length - candidates.length
  const detail = isMany || dead === 0 ? 0 : Math.max(0, Math.floor(room / dead))
  const findings = isMany
    ? manyLines(record, candidates, width)
    : candidates.flatMap((path) => candidateLines(record, path, width, detail))
  return [...before, ...findings, ...after]
}

/** With the warning, the result, the report and the way to more below them, these fill a small terminal. */
const mostLines = 24 - 6

/** What stands before all else where a run decided nothing. */
function emptyHandedLine(record: RunRecord, width: number): string[] {
  const words = emptyHanded(record)
  return words === undefined ? [] : [styled('red', fitted(words, width))]
}

/** What was measured, on what. */
function subjectLine(record: RunRecord, width: number): string {
  const { cpu, payload, effort, commit } = subjectWordsOf(record)
  const given = (words: string | undefined) => (words === undefined ? [] : [words])
  const known = [
    record.scenario,
    `Linux ${kernelRelease(record)}`,
    ...given(payload),
    effort,
    ...given(commit),
  ]
  const left = width - known.join(separator).length - separator.length
  return fitted(known.toSpliced(2, 0, ...(left >= 8 ? [fitted(cpu, left)] : [])).join(separator), width)
}
