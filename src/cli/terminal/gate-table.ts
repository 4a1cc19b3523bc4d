/** Judged gates, for the terminal: a table, the reasons below, and a last line that says it all. Pure. */
import type { Confirmed } from '../../gates/confirm.ts'
import type { Judgement, JudgedFigure, Outcome } from '../../gates/judge.ts'
import { estimateText, figureName, judgementReasons, limitText, rangeText } from '../../gates/words.ts'
import { formatCount } from '../../words/numbers.ts'
import { styled } from './output.ts'
import { textTable } from './text-table.ts'

export const outcomeStyles: Readonly<Record<Outcome, Parameters<typeof styled>[0]>> = {
  held: 'green',
  breached: 'red',
  undecided: 'yellow',
}

const outcomeCell = (outcome: Outcome): string => styled(outcomeStyles[outcome], outcome)

const columns = [
  { title: 'gate', align: 'left' },
  { title: 'limit', align: 'right' },
  { title: 'measured', align: 'right' },
  { title: '95 % interval', align: 'right' },
  { title: 'outcome', align: 'left' },
] as const

const figureCells = (figure: JudgedFigure): string[] => [
  limitText(figure),
  estimateText(figure),
  rangeText(figure),
  outcomeCell(figure.outcome),
]

/** A gate of one figure is a row; one of several has a row for itself, and one for each figure that is not held. */
function rowsOf({ gate, outcome, figures }: Judgement): string[][] {
  if (gate.rule.kind === 'ratio' || gate.rule.kind === 'level')
    return figures.map((figure) => [gate.text, ...figureCells(figure)])
  const held = figures.filter((figure) => figure.outcome === 'held').length
  const count = figures.length === 0 ? '' : `${held} of ${formatCount(figures.length)} held`
  return [
    [gate.text, '', '', count, outcomeCell(outcome)],
    ...figures
      .filter((figure) => figure.outcome !== 'held')
      .map((figure) => [`  ${figureName(figure)}`, ...figureCells(figure)]),
  ]
}

/** The table of gates, with a line for each reason below. */
export function gateTable(judgements: readonly Judgement[]): string {
  const reasons = judgements.flatMap((judgement) =>
    judgementReasons(judgement).map(({ outcome, text }) => `${outcomeCell(outcome)}  ${text}`),
  )
  return [
    textTable(columns, judgements.flatMap(rowsOf)),
    ...(reasons.length === 0 ? [] : ['', ...reasons]),
  ].join('\n')
}

/** What the fresh run has made of each gate that was not held. */
export function confirmationTable(confirmed: readonly Confirmed[]): string {
  const rows = confirmed.flatMap(({ gate, outcome, first, fresh, figures }) => [
    [gate.text, outcomeCell(first.outcome), outcomeCell(fresh.outcome), outcomeCell(outcome)],
    ...(gate.rule.kind === 'regression' ? figures : [])
      .filter((figure) => figure.fresh !== undefined)
      .map((figure) => [
        `  ${figureName(figure.first)}`,
        ...[figure.first, ...(figure.fresh === undefined ? [] : [figure.fresh])].map(
          (one) => `${estimateText(one)} (${rangeText(one)}) ${outcomeCell(one.outcome)}`,
        ),
        outcomeCell(figure.outcome),
      ]),
  ])
  return textTable(
    ['gate', 'first run', 'fresh run', 'together'].map((title) => ({ title, align: 'left' })),
    rows,
  )
}

/** `2 gates held, 1 undecided`: the last line. */
export function outcomeLine(outcomes: readonly Outcome[]): string {
  const counted = (['breached', 'undecided', 'held'] as const).flatMap((outcome) => {
    const count = outcomes.filter((one) => one === outcome).length
    return count === 0 ? [] : [styled(outcomeStyles[outcome], `${count} ${outcome}`)]
  })
  return `${formatCount(outcomes.length)} ${outcomes.length === 1 ? 'gate' : 'gates'}: ${counted.join(', ')}`
}
