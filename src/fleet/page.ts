/** A fleet as one self-contained HTML page: a row per host. */
import { kernelRelease } from '../across/identity.ts'
import { markup, type Html } from '../page/escape.ts'
import { renderPicture } from '../page/picture.ts'
import { colour, verdictColour } from '../page/palette.ts'
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
import { type ComparedFleet, fewestHosts, type FleetFigure, type HostFigure } from './compared.ts'
import {
  cellWords,
  effectSentences,
  factorWords,
  figureSentence,
  headlineOf,
  ratioWords,
  troubles,
} from './words.ts'

/** The whole document. */
export function renderFleet(compared: ComparedFleet): string {
  const { scenario, title, figures, margin, factors } = compared
  const headline = headlineOf(compared)
  const contents = markup`<nav aria-label="Contents"><ul><li><a href="#hosts">Hosts</a></li><li><a href="#ratios">Ratios</a></li><li><a href="#differences">Differences</a></li><li><a href="#method">Method</a></li></ul></nav>`
  const body = markup`<header><p class="eyebrow">${scenario}, ${compared.name}</p><h1>${headline}</h1><p class="lead">${title}.</p></header>${contents}<main>${hostsSection(compared)}<section id="ratios"><h2>Ratios</h2>${figures.map((figure) => figureOf(figure, margin))}</section><section id="differences"><h2>Differences</h2>${list(effectSentences(compared))}<h3>What is not the same on all hosts</h3>${factors.length === 0 ? markup`<p>Kernel, CPU, mitigations, tools and programs are the same.</p>` : list(factors.map(factorWords))}</section>${methodSection(margin)}</main><footer><p>Made by pathbench.</p></footer>`
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

/** A row per host: candidates' leading metrics, and what it is. */
export function hostTable({ hosts, figures }: ComparedFleet): TableView {
  const lead = new Set(leadMetrics(figures.map(({ metric }) => metric)))
  const shown = figures.filter(({ metric }) => lead.has(metric))
  const isOnePath = new Set(shown.map(({ path }) => path)).size === 1
  return {
    caption: 'Change to the baseline, ± half the interval',
    columns: [
      textColumn('Host'),
      ...shown.map(({ path, metric }) =>
        numberColumn(isOnePath ? shortNoun(metric) : `${path} ${shortNoun(metric)}`),
      ),
      ...['State', 'Kernel'].map(textColumn),
    ],
    rows: hosts.map(({ host, state, record }) => [
      host,
      ...shown.map((figure) => cellWords(figure.hosts.find((one) => one.host === host))),
      state,
      record === undefined ? '' : kernelRelease(record),
    ]),
  }
}

type Measured = Exclude<HostFigure, { readonly reason: string }>

function figureOf(figure: FleetFigure, margin: number): Html {
  const { path, baseline, metric, hosts, mean } = figure
  const measured = hosts.filter((one): one is Measured => !('reason' in one))
  const axis = axisOf([...measured.map(({ ratio }) => ratio), ...(mean === null ? [] : [mean])], margin)
  const inWords =
    figureSentence(figure) ??
    `Too few hosts have an interval to say what hosts have in common: ${fewestHosts} are wanted`
  return renderPicture({
    title: `${path} against ${baseline}: ${metricWords(metric).noun}`,
    subtitle: `${capitalised(directionWords(metric))}. ${inWords}.`,
    inWords,
    drawing: renderRows(
      [
        ...measured.map(({ host, ratio, verdict }) =>
          rowOf(axis, margin, { name: host, ratio, hint: verdict, paint: colour(verdictColour(verdict)) }),
        ),
        ...(mean === null
          ? []
          : [
              rowOf(axis, margin, {
                name: 'mean of hosts',
                ratio: mean,
                hint: 'mean',
                paint: colour('ink'),
              }),
            ]),
      ],
      axis,
    ),
    table: figureTable(figure),
  })
}

interface Row {
  readonly name: string
  readonly ratio: Parameters<typeof ratioWords>[0]
  readonly hint: string
  readonly paint: string
}

function rowOf(axis: RowAxis, margin: number, { name, ratio, hint, paint }: Row) {
  const { estimate, low, high } = ratio
  const digits = percentDigits(low, high)
  return {
    name,
    drawing: drawnRatio(axis, { ratio, paint, band: { low: 1 / (1 + margin), high: 1 + margin } }),
    value: formatChange(estimate, digits),
    ...(low === null || high === null ? {} : { range: formatChangeRange(low, high, digits) }),
    hint: `${name}: ${ratioWords(ratio)}; ${hint}`,
  }
}

/** In percent, over all hosts' intervals. */
function axisOf(ratios: readonly Row['ratio'][], margin: number): RowAxis {
  const ends = ratios.flatMap(({ estimate, low, high }) => [low ?? estimate, high ?? estimate])
  // An interval that says nothing is not to press all others into a line.
  const span = 3 * Math.max(1.5 * margin, ...ratios.map(({ estimate }) => Math.abs(estimate - 1)))
  const least = Math.max(1 - span, Math.min(1 - 1.5 * margin, ...ends))
  const most = Math.min(1 + span, Math.max(1 + 1.5 * margin, ...ends))
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
  columns: [textColumn('Host'), numberColumn('Change'), numberColumn('95 %'), textColumn('Verdict')],
  rows: hosts.map((one) => {
    if ('reason' in one) return [one.host, 'none', '', one.reason]
    const { estimate, low, high } = one.ratio
    const digits = percentDigits(low, high)
    return [
      one.host,
      formatChange(estimate, digits),
      low === null || high === null ? 'none' : formatChangeRange(low, high, digits),
      one.verdict,
    ]
  }),
})

const methodSection = (margin: number): Html =>
  markup`<section id="method"><h2>Method</h2><p>On each host a path is compared with that host’s own baseline path, block by block; how fast the host is, is in both, and so not in their ratio. A host then counts once, however much was measured on it: packets of different hosts are never put together. The mean of hosts is taken on the log scale; its interval, by Student’s t of the hosts, is for all hosts of which these could be a sample. The spread is the standard deviation between hosts beyond errors of measuring (Paule and Mandel, with an interval by the Q profile); errors have an allowance for what ratios drift by between runs, and for what a host’s control differs by.</p><p>Hosts agree where the interval of their spread lies within ${typeset(formatMargin(margin))}, and differ where it does not reach 0. A host is unlike the others where its whole distance to what one more of them would be lies beyond that margin. Kinds of hosts are compared by Welch’s t, where there are two or more of each. Each of these is looked at for all figures together (Holm). What goes with a difference need not be its cause: hosts were not told by lot which kernel to have.</p></section>`
