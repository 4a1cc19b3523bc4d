/** The sample record, held to gates. */
import { judge, type JudgedFigure } from '../../src/gates/judge.ts'
import type { Reference } from '../../src/gates/regression-figures.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { gateOf } from './made-gates.ts'

export const record = sampleRecord()

export const judgeOne = (text: string, run: RunRecord = record, reference?: Reference) =>
  judge([gateOf(text)], run, reference)[0]!

export const figureOf = (text: string, run?: RunRecord, reference?: Reference): JudgedFigure =>
  judgeOne(text, run, reference).figures[0]!

export const against = (other: RunRecord, isAbsolute = false): Reference => ({
  kind: 'run',
  record: other,
  isAbsolute,
})

/** The run in which a path has nothing in a metric: it delivered nothing. */
export const silent = (path: string, metric: string, run: RunRecord = record): RunRecord => ({
  ...run,
  estimates: run.estimates.filter((one) => one.path !== path || one.metric !== metric),
  comparisons: run.comparisons.filter(
    (one) => one.metric !== metric || (one.path !== path && one.baseline !== path),
  ),
})
