/** A search as one self-contained HTML page. */
import { kernelRelease } from '../across/identity.ts'
import { markup, type Html } from '../page/escape.ts'
import { renderPicture } from '../page/picture.ts'
import { colour } from '../page/palette.ts'
import { rowAxis } from '../page/row-axis.ts'
import { drawnBar, drawnInterval, renderRows } from '../page/row-chart.ts'
import { pageShell } from '../page/shell.ts'
import { renderTable, renderTableBehind } from '../page/table.ts'
import { typeset } from '../page/typeset.ts'
import type { Search, SearchGoal, SearchResult } from '../record/search.ts'
import { capitalised, formatInstant, formatRate } from '../words/numbers.ts'
import { wallTime } from '../words/wall-time.ts'
import { goalSentence, searchSentences } from './sentences.ts'
import { boundsText, latencyTable, loadsTable, resultsTable, throughputText } from './table.ts'

/** The whole document. */
export function renderSearch(search: Search): string {
  const title = `What the paths of ${search.scenario} take`
  const body = markup`<header><p class="eyebrow">${search.title}</p><h1>${title}</h1><p class="quiet">${factsOf(search)}</p></header><main>${summarySection(search)}${capacitySection(search)}${latencySection(search)}${trialsSection(search)}${methodSection(search)}</main><footer><p>Search ${search.searchId}. Made by pathbench.</p></footer>`
  return pageShell(title, body)
}

const factsOf = (search: Search): string =>
  `UDP ${search.payloadBytes} B, ${search.flows === 1 ? 'one flow' : `${search.flows} flows`}, Linux ${kernelRelease(search)}, ${formatInstant(search.startedAt)}, ${wallTime(search)}${search.complete ? '' : '; ended early'}`

function summarySection(search: Search): Html {
  return markup`<section id="summary"><h2>What was found</h2>${renderTable(resultsTable(search))}<ul class="plain">${searchSentences(search).map((sentence) => markup`<li>${typeset(sentence)}.</li>`)}</ul></section>`
}

/** What a goal's chart can show: results with a bound at least. */
const shownResults = ({ results }: Search, { name }: SearchGoal): SearchResult[] =>
  results.filter(
    ({ goal, lowerPps, upperPps }) => goal === name && (lowerPps !== undefined || upperPps !== undefined),
  )

function capacitySection(search: Search): Html | undefined {
  const goals = search.goals.filter((goal) => shownResults(search, goal).length > 0)
  if (goals.length === 0) return undefined
  return markup`<section id="capacity"><h2>Capacity</h2><div class="grid">${goals.map((goal) => goalFigure(search, goal))}</div></section>`
}

function goalFigure(search: Search, goal: SearchGoal): Html {
  const results = shownResults(search, goal)
  const most = Math.max(1, ...results.map(({ upperPps, lowerPps = 0 }) => upperPps ?? lowerPps))
  const axis = rowAxis(0, most, { label: (value) => formatRate(value), count: 4 }, false)
  const rows = results.map((result) => {
    const role = search.paths.find(({ name }) => name === result.path)?.role ?? 'candidate'
    const { lowerPps = 0, upperPps = most, throughputPps = 0 } = result
    return {
      name: result.path,
      drawing: markup`${drawnBar(axis, throughputPps, colour(role === 'candidate' ? 'candidate1' : role))}${drawnInterval(axis, lowerPps, upperPps, colour('ink'))}`,
      value: throughputText(result),
      range: boundsText(result),
    }
  })
  return renderPicture({
    title: capitalised(goal.name),
    subtitle: goalSentence(goal),
    inWords: `Conditional throughput of ${results.map((result) => `${result.path}: ${throughputText(result)}`).join(', ')}`,
    drawing: renderRows(rows, axis),
    table: resultsTable({ ...search, results }),
  })
}

function latencySection(search: Search): Html | undefined {
  if (search.latencies.length === 0) return undefined
  return markup`<section id="latency"><h2>Delay below capacity</h2>${renderTable(latencyTable(search))}</section>`
}

function trialsSection(search: Search): Html {
  const paths = search.paths.filter(({ name }) => search.trials.some(({ path }) => path === name))
  return markup`<section id="trials"><h2>Trials</h2>${paths.map(({ name }) => renderTableBehind(name, loadsTable(search, name)))}</section>`
}

const methodSection = ({ goals }: Search): Html =>
  markup`<section id="method"><h2>Method</h2><ul class="plain">${goals.map((goal) => markup`<li>${goalSentence(goal)}.</li>`)}</ul><p>Multiple Loss Ratio search (RFC 9971). A load is a lower bound once so many trials at it were good that no outcome of the missing ones could change it, an upper bound once so many were bad. Paths take turns, a trial each, in random order. What was not sent by the end of a trial counts as lost. Conditional throughput is what came through at the lower bound in all but the share of trials that may exceed the goal. Ranges against the baseline are what the bounds of both leave open; they are no confidence intervals.</p></section>`
