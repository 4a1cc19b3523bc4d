/** A fleet as one self-contained HTML page: a row a host. */
import { kernelRelease } from '../across/identity.ts'
import { markup, type Html } from '../page/escape.ts'
import { renderFigure } from '../page/figure.ts'
import { colour } from '../page/palette.ts'
import { type RowAxis, rowAxis } from '../page/row-axis.ts'
import { drawnRatio, renderRows } from '../page/row-chart.ts'
import { pageShell } from '../page/shell.ts'
import { renderTable } from '../page/table.ts'
import { numberColumn, type TableView, textColumn } from '../page/table-view.ts'
import { signedLabel } from '../page/theme.ts'
import { linearTicks } from '../page/ticks.ts'
import { typeset } from '../page/typeset.ts'
import { leadMetrics } from '../record/lead-metrics.ts'
import { directionWords, metricWords, shortNoun } from '../record/metric-words.ts'
import {
  capitalised,
  formatChange,
  formatChangeRange,
  formatMargin,
  percentDigits,
} from '../words/numbers.ts'
import type { ComparedFleet, FleetFigure, HostFigure } from './compared.ts'
import { cellWords, factorWords, figureSentence, headlineOf, ratioWords, troubles } from './words.ts'

/** The whole document. */
export function renderFleet(compared: ComparedFleet): string {
  const { scenario, title, figures, margin, factors } = compared
  const headline = headlineOf(compared)
  const contents = markup`<nav aria-label="Contents"><ul><li><a href="#hosts">Hosts</a></li><li><a href="#ratios">Ratios</a></li><li><a href="#differences">Differences</a></li><li><a href="#method">Method</a></li></ul></nav>`
  const body = markup`<header><p class="eyebrow">${scenario}, ${compared.name}</p><h1>${headline}</h1><p class="lead">${title}.</p></header>${contents}<main>${hostsSection(compared)}<section id="ratios"><h2>Ratios</h2>${figures.map((figure) => figureOf(figure, margin))}</section><section id="differences"><h2>Differences</h2>${list(figures.map((figure) => figureSentence(figure, margin)))}<h3>What is not the same on all hosts</h3>${factors.length === 0 ? markup`<p>Kernel, CPU, mitigations, tools and programs are the same.</p>` : list(factors.map(factorWords))}</section>${methodSection(margin)}</main><footer><p>Made by pathbench.</p></footer>`
  return pageShell(`${scenario}: ${headline}`, body)
}

const list = (lines: readonly string[]): Html | undefined =>
  lines.length === 0
    ? undefined
    : markup`<ul class="plain">${lines.map((line) => markup`<li>${typeset(line)}</li>`)}</ul>`

function hostsSection(compared: ComparedFleet): Html {
  const notes = [...troubles(compared), ...compared.caveats].map(({ host, words }) => `${host}: ${words}`)
  const notices = list(notes)
  return markup`<section id="hosts"><h2>Hosts</h2>${renderTable(hostTable(compared))}${notices && markup`<div class="notices"><div class="notice"><h3>What to know of them</h3>${notices}</div></div>`}</section>`
}

/** A row a host: candidates' leading metrics, and what it is. */
export function hostTable({ hosts, figures, margin }: ComparedFleet): TableView {
  const lead = new Set(leadMetrics(figures.map(({ metric }) => metric)))
  const shown = figures.filter(({ metric }) => lead.has(metric))
  const isOnePath = new Set(shown.map(({ path }) => path)).size === 1
  return {
    caption: `Change to the baseline path of each host, with half its 95 % interval; hosts that share a letter are not found to differ by more than ${formatMargin(margin)}`,
    columns: [
      textColumn('Host'),
      ...shown.map(({ path, metric }) =>
        numberColumn(isOnePath ? shortNoun(metric) : `${path} ${shortNoun(metric)}`),
      ),
      ...['State', 'Kernel', 'CPU', 'Run'].map(textColumn),
    ],
    rows: hosts.map(({ host, state, record }) => [
      host,
      ...shown.map((figure) =>
        cellWords(
          figure,
          figure.hosts.find((one) => one.host === host),
        ),
      ),
      state,
      ...(record === undefined
        ? ['', '', '']
        : [
            kernelRelease(record),
            `${record.environment.cpuModel}, ${record.environment.cpuCount}`,
            record.runId,
          ]),
    ]),
  }
}

type Measured = Exclude<HostFigure, { readonly reason: string }>

function figureOf(figure: FleetFigure, margin: number): Html {
  const { path, baseline, metric, hosts } = figure
  const measured = hosts.filter((one): one is Measured => !('reason' in one))
  const axis = axisOf(measured, margin)
  return renderFigure({
    title: `${path} against ${baseline}: ${metricWords(metric).noun}`,
    subtitle: capitalised(directionWords(metric)),
    finding: figureSentence(figure, margin),
    drawing: renderRows(
      measured.map(({ host, ratio, verdict, letters }) => {
        const { estimate, low, high } = ratio
        const digits = percentDigits(low, high)
        const paint = colour(verdict === 'faster' ? 'better' : verdict === 'slower' ? 'worse' : 'quiet')
        return {
          name: host,
          drawing: drawnRatio(axis, { ratio, paint, band: { low: 1 / (1 + margin), high: 1 + margin } }),
          value: `${formatChange(estimate, digits)}${figure.apart.length > 0 && letters !== '' ? ` ${letters}` : ''}`,
          ...(low === null || high === null ? {} : { range: formatChangeRange(low, high, digits) }),
          hint: `${host}: ${ratioWords(ratio)}; ${verdict}`,
        }
      }),
      axis,
    ),
    table: figureTable(figure),
  })
}

/** In percent, over all hosts' intervals. */
function axisOf(hosts: readonly Measured[], margin: number): RowAxis {
  const ends = hosts.flatMap(({ ratio: { estimate, low, high } }) => [low ?? estimate, high ?? estimate])
  const [least, most] = [Math.min(1 - 1.5 * margin, ...ends), Math.max(1 + 1.5 * margin, ...ends)]
  return {
    ...rowAxis(least, most, { label: String, title: 'change to the baseline, %' }, false),
    ticks: linearTicks((least - 1) * 100, (most - 1) * 100, 5).map((percent) => ({
      at: 1 + percent / 100,
      label: signedLabel(percent),
    })),
  }
}

const figureTable = ({ hosts, metric, path }: FleetFigure): TableView => ({
  caption: `${path}, ${metricWords(metric).noun}`,
  columns: [
    textColumn('Host'),
    numberColumn('Change'),
    numberColumn('95 %'),
    textColumn('Verdict'),
    textColumn('Letters'),
  ],
  rows: hosts.map((one) => {
    if ('reason' in one) return [one.host, 'none', '', one.reason, '']
    const { estimate, low, high } = one.ratio
    const digits = percentDigits(low, high)
    return [
      one.host,
      formatChange(estimate, digits),
      low === null || high === null ? 'none' : formatChangeRange(low, high, digits),
      one.verdict,
      one.letters,
    ]
  }),
})

const methodSection = (margin: number): Html =>
  markup`<section id="method"><h2>Method</h2><p>On each host a path is compared with that host’s own baseline path, block by block; how fast the host is, is in both, and so not in their ratio. Of every two hosts the ratio of their ratios is taken, its interval with an allowance for what ratios drift by between runs. They differ where the whole interval lies beyond ${typeset(formatMargin(margin))}, and beyond what their controls differ by; all pairs in all headline metrics of candidates are looked at together (Holm). Hosts that share a letter are not found to differ (Piepho 2004), which is not to say that they are the same. What is different in every pair that differs may be the cause: it is named, and not proved.</p></section>`
