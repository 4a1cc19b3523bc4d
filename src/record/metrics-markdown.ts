/** The metrics of a run explained for people, in Markdown: docs/metrics.md. */
import { statistics } from '../parts/metrics/metric.ts'
import { units } from '../parts/metrics/units.ts'
import { amounts, distributions } from '../parts/metrics/metrics.ts'
import { directionWords } from './metric-words.ts'

const introduction = `# Metrics

This page is made from the catalogue of metrics (\`src/parts/metrics/\`) by \`./bench schema run --markdown\`.

A figure of a path is its **level**, in the unit below. A **ratio** is path / baseline in that unit, and is what verdicts are
about: levels move with the machine, ratios much less. In gates \`PATH.METRIC\` is a level, and
\`PATH.METRIC.ratio\` a ratio. Headline metrics are set in bold: they get a sentence each, and enter the correction for many comparisons.

Where a load has several trials of one kind, each has a name, and its figures have that behind \`@\`: \`throughputPps@large\`,
\`tcpRrNs@busy.p99\`. This is how tables, gates, exports and the trend tell them apart; OpenMetrics has it as the label \`trial\`.`

const cellOf = (text: string): string => text.replaceAll('|', '\\|')

const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cellOf).join(' | ')} |`).join('\n')

const named = (name: string, isHeadline: boolean): string => (isHeadline ? `**\`${name}\`**` : `\`${name}\``)

const amountRows = (): string[][] =>
  amounts.map(({ name, load, unit, title, headline }) => [
    named(name, headline),
    load,
    units[unit].words,
    directionWords(name),
    title,
  ])

const distributionRows = (): string[][] =>
  distributions.map(({ name, load, title, headline, isOfInstrument }) => [
    `\`${name}\``,
    load,
    isOfInstrument
      ? 'none: recorded only, as it tells of the instrument'
      : headline.map((suffix) => `**\`.${suffix}\`**`).join(' ') || 'none',
    title,
  ])

const statisticRows = (): string[][] =>
  statistics.map(({ suffix, title, pairing }) => [`\`.${suffix}\``, title, pairing])

/** The whole page. */
export const metricsMarkdown = (): string => `${introduction}

## One value per trial

${table(['metric', 'load', 'unit', 'better', 'what it is'], amountRows())}

## Delays

All in nanoseconds; less is better. Each has the statistics of the table below: \`rttNs.p50\` is the median round trip.

${table(['distribution', 'load', 'headline', 'what it is'], distributionRows())}

${table(['statistic', 'what it is', 'one value a'], statisticRows())}

## Whose CPU time

\`costNs\` is the CPU time of the sender's thread per packet delivered. On veth this thread carries a packet through the router
to the server's socket, so that the path's work is in it. Work that the kernel does elsewhere is not: packets are counted on
every CPU, and where a path moves work to another CPU, no verdict is given.

The **router's own cost** (with several servers the balancer's) is \`costNs\` of the path minus \`costNs\` of the floor, per packet.
`
