/** A sweep, for the terminal: a line when a point is over, and all of it at the end. Pure. */
import { releaseOf } from '../../across/identity.ts'
import type { RunRecord } from '../../record/record.ts'
import { pointLabel, type Records, type Sweep, type SweepPoint } from '../../record/sweep.ts'
import { storyOf } from '../../sweep/story.ts'
import { mainMetrics, sweepTable } from '../../sweep/table.ts'
import { wallTime } from '../../words/wall-time.ts'
import { textTable } from './text-table.ts'
import { fitted, setIn } from './wrap.ts'

/** `payload=64, flows=16: measured`. */
export function pointLine(point: SweepPoint, record: RunRecord | undefined): string {
  const invalid = record?.paths.filter(({ status }) => status === 'invalid').map(({ name }) => name) ?? []
  const what = point.reason === undefined ? point.state : `${point.state}: ${point.reason}`
  return `${pointLabel(point)}: ${what}${invalid.length === 0 ? '' : `; invalid: ${invalid.join(', ')}`}`
}

/** @param width columns that there are */
export function sweepText(sweep: Sweep, records: Records, width: number): string {
  const { titles, rows } = sweepTable(sweep, records, mainMetrics(records))
  const settings = sweep.axes.length
  const table = textTable(
    titles.map((title, index) => ({ title, align: index < settings ? 'right' : 'left' })),
    rows,
  )
  const sentences = storyOf(sweep, records)?.sentences ?? []
  const measured = sweep.points.filter(({ state }) => state === 'measured').length
  return [
    `${sweep.scenario}: ${measured} of ${sweep.points.length} points, Linux ${releaseOf(sweep.kernel)}, ${wallTime(sweep)}`,
    '',
    ...table.split('\n').map((line) => fitted(line, width)),
    ...(sentences.length === 0 ? [] : ['', ...sentences.flatMap((sentence) => setIn(sentence, width))]),
    ...(sweep.complete ? [] : ['', `ended early: go on with --resume ${sweep.sweepId}`]),
  ].join('\n')
}
