/** A fleet for the terminal. Pure. */
import { type ComparedFleet, type FleetFigure, hasRecord } from '../../fleet/compared.ts'
import {
  cellWords,
  effectSentences,
  factorWords,
  figureSentences,
  headlineOf,
  ratioWords,
  spreadShort,
  troubles,
} from '../../fleet/words.ts'
import { leadMetrics } from '../../record/lead-metrics.ts'
import { shortNoun } from '../../record/metric-words.ts'
import { textTable } from './text-table.ts'
import { fitted, setIn, textWidth, wrapped } from './wrap.ts'

/** A host's name beyond this is cut. */
const widestName = 24

/** @param width columns that there are */
export function fleetText(compared: ComparedFleet, width: number): string {
  const { scenario, figures, factors, caveats } = compared
  const lead = new Set(leadMetrics(figures.map(({ metric }) => metric)))
  // The table has more, and the page all.
  const leading = figures.filter(({ metric }) => lead.has(metric))
  const byPath = [...Map.groupBy(figures, ({ path }) => path).values()]
  const notes = [...troubles(compared), ...caveats].map(({ host, words }) => `${host}: ${words}`)
  return [
    ...wrapped(`${scenario}: ${headlineOf(compared)}`, width),
    ...byPath.flatMap((own) => ['', ...tableOf(compared, own, width)]),
    ...paragraph('', figureSentences(leading), width),
    ...paragraph('what goes with differences:', effectSentences(compared), width),
    ...paragraph('not the same on all hosts:', factors.map(factorWords), width),
    ...paragraph('to know of them:', notes, width),
  ].join('\n')
}

/** As many metrics as there is room for; the sentences and the page have all. */
function tableOf({ hosts }: ComparedFleet, figures: readonly FleetFigure[], width: number): string[] {
  const [{ path, baseline }] = figures as [FleetFigure]
  const shown = hosts.filter(hasRecord)
  const hasMean = figures.some(({ mean }) => mean !== null)
  const names = [
    ...shown.map(({ host }) => fitted(host, widestName)),
    ...(hasMean ? ['mean of hosts', 'spread'] : []),
  ]
  let room = width - Math.max(4, ...names.map(textWidth))
  const columns = figures
    .map(({ metric, hosts: own, mean, spread }) => ({
      title: shortNoun(metric),
      cells: [
        ...shown.map(({ host }) => cellWords(own.find((one) => one.host === host))),
        ...(hasMean
          ? [mean === null ? '' : ratioWords(mean), spread === null ? '' : spreadShort(spread)]
          : []),
      ],
    }))
    .filter(({ title, cells }) => {
      room -= 2 + Math.max(textWidth(title), ...cells.map(textWidth))
      return room >= 0
    })
  const table = textTable(
    ['host', ...columns.map(({ title }) => title)].map((title) => ({ title, align: 'left' })),
    names.map((name, row) => [name, ...columns.map(({ cells }) => cells[row]!)]),
  )
  return [...wrapped(`${path} against ${baseline}`, width), ...table.split('\n')]
}

function paragraph(title: string, lines: readonly string[], width: number): string[] {
  if (lines.length === 0) return []
  if (title === '') return ['', ...lines.flatMap((line) => setIn(line, width))]
  return ['', title, ...lines.flatMap((line) => setIn(line, width - 2).map((one) => `  ${one}`))]
}
