/** A trace as one self-contained HTML page. */
import { markup } from '../../page/escape.ts'
import type { ColourName } from '../../page/palette.ts'
import { pageShell } from '../../page/shell.ts'
import type { Trace, TracedPath } from '../../record/trace.ts'
import { traceSection } from './section.ts'

export interface TracePage {
  readonly scenario: string
  readonly title: string
  readonly kernel: string
  /** When it was made, for people. */
  readonly when: string
  readonly trace: Trace
}

const candidateColours: readonly ColourName[] = [
  ...(['candidate1', 'candidate2', 'candidate3'] as const),
  ...(['candidate4', 'candidate5', 'candidate6'] as const),
]

export function renderTrace({ scenario, title, kernel, when, trace }: TracePage): string {
  const heading = `${scenario}: where the time goes`
  const section = traceSection(trace, (path) => colourOf(trace.paths, path))
  return pageShell(
    heading,
    markup`<header><p class="eyebrow">${title}</p><h1>${heading}</h1><p class="quiet">${`kernel ${kernel}, ${when}`}</p></header><main>${section ?? markup`<p>No packet was seen on its whole way.</p>`}</main><footer><p>Made by pathbench.</p></footer>`,
  )
}

/** By its role, candidates in turn. */
function colourOf(paths: readonly TracedPath[], name: string): ColourName {
  const candidates = paths.filter(({ role }) => role === 'candidate')
  const path = paths.find((one) => one.path === name)
  if (path === undefined || path.role === 'candidate')
    return (
      candidateColours[candidates.findIndex((one) => one.path === name) % candidateColours.length] ??
      'candidate1'
    )
  return path.role
}
