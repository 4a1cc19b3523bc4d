/** A fleet for the terminal. Pure. */
import type { ComparedFleet, FleetFigure } from '../../fleet/compared.ts'
import { cellWords, factorWords, figureSentence, headlineOf, troubles } from '../../fleet/words.ts'
import { shortNoun } from '../../record/metric-words.ts'
import { setIn } from './search-text.ts'
import { fitted, textTable, textWidth, wrapped } from './text-table.ts'

/** A host's name beyond this is cut. */
const widestName = 24

/** @param width columns that there are */
export function fleetText(compared: ComparedFleet, width: number): string {
  const { scenario, figures, margin, factors, caveats } = compared
  const byPath = [...Map.groupBy(figures, ({ path }) => path).values()]
  const notes = [...troubles(compared), ...caveats].map(({ host, words }) => `${host}: ${words}`)
  return [
    ...wrapped(`${scenario}: ${headlineOf(compared)}`, width),
    ...byPath.flatMap((own) => ['', ...tableOf(compared, own, width)]),
    ...paragraph(
      '',
      figures.map((figure) => figureSentence(figure, margin)),
      width,
    ),
    ...paragraph('not the same on all hosts:', factors.map(factorWords), width),
    ...paragraph('to know of them:', notes, width),
  ].join('\n')
}

function tableOf({ hosts }: ComparedFleet, figures: readonly FleetFigure[], width: number): string[] {
  const [{ path, baseline }] = figures as [FleetFigure]
  const names = hosts.map(({ host }) => fitted(host, widestName))
  const columns = figures.map((figure) => ({
    title: shortNoun(figure.metric),
    cells: hosts.map(({ host, state, record }) =>
      record === undefined
        ? ''
        : state === 'failed'
          ? 'failed'
          : cellWords(
              figure,
              figure.hosts.find((one) => one.host === host),
            ),
    ),
  }))
  // As many metrics as there is room for; the page has all.
  const states = hosts.map(({ state, record }) => (record === undefined ? state : ''))
  let room = width - Math.max(4, ...names.map(textWidth)) - (states.some((state) => state !== '') ? 13 : 0)
  const shown = columns.filter(({ title, cells }) => {
    room -= 2 + Math.max(textWidth(title), ...cells.map(textWidth))
    return room >= 0
  })
  const hasStates = states.some((state) => state !== '')
  const table = textTable(
    ['host', ...shown.map(({ title }) => title), ...(hasStates ? [''] : [])].map((title) => ({
      title,
      align: 'left' as const,
    })),
    hosts.map((_, row) => [
      names[row]!,
      ...shown.map(({ cells }) => cells[row]!),
      ...(hasStates ? [states[row]!] : []),
    ]),
  )
  return [...wrapped(`${path} against ${baseline}`, width), ...table.split('\n')]
}

function paragraph(title: string, lines: readonly string[], width: number): string[] {
  if (lines.length === 0) return []
  if (title === '') return ['', ...lines.flatMap((line) => setIn(line, width))]
  return ['', title, ...lines.flatMap((line) => setIn(line, width - 2).map((one) => `  ${one}`))]
}
