/** One run as one self-contained HTML page. */
import type { RunRecord } from '../record/record.ts'
import { markup, type Html } from '../page/escape.ts'
import { pageShell } from '../page/shell.ts'
import { crossingsSection, programsSection, splitSection } from './sections/balancing.ts'
import { courseSection, latencySection, levelsSection, ratiosSection } from './sections/charts.ts'
import { methodSection, numbersSection, repeatSection, surroundingsSection } from './sections/closing.ts'
import { openingSection } from './sections/opening.ts'
import { tcpSection } from './sections/tcp.ts'
import { overviewSection } from './sections/overview.ts'
import { whereTimeGoesSection } from './sections/trace.ts'
import { verdictsSection } from './sections/verdicts.ts'
import { proofSection, skippedWorkSection, topologySection } from './sections/ways.ts'
import { reportView, type ReportView } from './view.ts'

interface Entry {
  readonly id: string
  readonly title: string
  readonly section: (view: ReportView) => Html | undefined | Promise<Html | undefined>
}

const entries: readonly Entry[] = [
  { id: 'overview', title: 'All paths', section: overviewSection },
  { id: 'verdicts', title: 'Verdicts', section: verdictsSection },
  { id: 'ratios', title: 'Ratios', section: ratiosSection },
  { id: 'latency', title: 'Latency', section: latencySection },
  { id: 'levels', title: 'Throughput and cost', section: levelsSection },
  { id: 'tcp', title: 'TCP', section: tcpSection },
  { id: 'split', title: 'Split', section: splitSection },
  { id: 'crossings', title: 'Traffic between', section: crossingsSection },
  { id: 'programs', title: 'Program cost', section: programsSection },
  { id: 'trace', title: 'Where the time goes', section: whereTimeGoesSection },
  { id: 'course', title: 'Over time', section: courseSection },
  { id: 'topology', title: 'Topology', section: topologySection },
  { id: 'proof', title: 'Proof', section: proofSection },
  { id: 'skips', title: 'What is skipped', section: skippedWorkSection },
  { id: 'numbers', title: 'All numbers', section: numbersSection },
  { id: 'environment', title: 'Environment', section: surroundingsSection },
  { id: 'method', title: 'Method', section: methodSection },
  { id: 'repeat', title: 'Repeat', section: repeatSection },
]

/** Sections of which the record has nothing are left out, also from the contents. */
export const renderReport = async (record: RunRecord): Promise<string> => {
  const view = reportView(record)
  const present: { id: string; title: string; html: Html }[] = []
  for (const { id, title, section } of entries) {
    const html = await section(view)
    if (html) present.push({ id, title, html })
  }
  const contents = markup`<nav aria-label="Contents"><ul>${present.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`
  const footer = markup`<footer><p>Run ${view.runId} of ${view.scenario}, seed ${view.seed}. Made by pathbench.</p></footer>`
  const body = markup`${openingSection(view)}${contents}<main>${present.map(({ html }) => html)}</main>${footer}`
  return pageShell(`${view.scenario}: ${view.headline}`, body)
}
