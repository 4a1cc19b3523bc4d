import type { Records } from '../../src/record/sweep.ts'
import test from 'ava'
import { comparedSweepsText } from '../../src/cli/terminal/compared-sweeps-text.ts'

import { comparedSweeps } from '../../src/sweep/compared.ts'
import { changeSentences, headlineOf } from '../../src/sweep/compared-words.ts'
import { renderComparedSweeps } from '../../src/sweep/compared-page.ts'
import { madeUpRecords, madeUpSweep } from './made-up-sweep.ts'

const first = { sweep: madeUpSweep, records: madeUpRecords }
const lastRun = madeUpSweep.points.at(-1)!.runId

/** The same sweep again, in which redirect has lost a tenth at the last point. */
const slower: Records = new Map(
  [...madeUpRecords].map(([runId, record]) => [
    runId,
    runId !== lastRun
      ? record
      : {
          ...record,
          comparisons: record.comparisons.map(({ ratio, ...one }) => ({
            ...one,
            ratio: {
              ...ratio,
              ...{ estimate: ratio.estimate * 0.9, low: ratio.low! * 0.9, high: ratio.high! * 0.9 },
            },
          })),
        },
  ]),
)
const second = { sweep: { ...madeUpSweep, sweepId: 'sweep-20261127T100000Z-00000002' }, records: slower }

test('the point that changed is found, and no other', (t) => {
  const compared = comparedSweeps(first, second, 0.02)
  t.deepEqual(changeSentences(compared).length, 1)
  t.regex(
    changeSentences(compared)[0]!,
    /^rules=1000: redirect, throughput: −10\.\d % \(−\d+\.\d to −\d\.\d %\), worse$/,
  )
  t.regex(headlineOf(compared), /^1 of \d+ figures changed, at 1 of 4 points$/)
})

test('a sweep compared with itself has not changed', (t) => {
  t.deepEqual(changeSentences(comparedSweeps(first, first, 0.02)), [])
  t.notRegex(headlineOf(comparedSweeps(first, first, 0.02)), /changed, at/)
})

test('points are matched by their values, in whatever order; those of one sweep alone are named', (t) => {
  const fewer = {
    ...second,
    sweep: { ...second.sweep, points: second.sweep.points.slice(1).toReversed() },
  }
  const { points, notCompared } = comparedSweeps(first, fewer, 0.02)
  t.deepEqual(
    points.map(({ values }) => values.rules),
    [100, 300, 1000],
  )
  t.deepEqual(notCompared, [`rules=0: only in ${madeUpSweep.sweepId}`])
})

test('a point without a run is named with its reason', (t) => {
  const broken = {
    sweep: {
      ...second.sweep,
      points: second.sweep.points.map((point, index) =>
        index === 0 ? { ...point, state: 'skipped' as const, reason: 'too many rules' } : point,
      ),
    },
    records: new Map([...slower].filter(([runId]) => runId !== madeUpSweep.points[0]!.runId)),
  }
  t.deepEqual(comparedSweeps(first, broken, 0.02).notCompared, [
    `rules=0: skipped: too many rules in ${second.sweep.sweepId}`,
  ])
})

test('the summary fits the terminal, and page and table have a row a point', (t) => {
  const compared = comparedSweeps(first, second, 0.02)
  const lines = comparedSweepsText(compared, 80).split('\n')
  t.deepEqual(
    lines.filter((line) => line.length > 80),
    [],
  )
  t.true(
    lines.some((line) => /^ 1000 {2}−10\.\d % ±\d\.\d !/.test(line)),
    lines.join('\n'),
  )
  t.regex(renderComparedSweeps(compared), /Different from|Method/)
})

test('where nothing has an interval, nothing is said to be the same', (t) => {
  const withoutInterval: Records = new Map(
    [...madeUpRecords].map(([runId, record]) => [
      runId,
      {
        ...record,
        comparisons: record.comparisons.map(({ ratio, ...one }) => ({
          ...one,
          ratio: { ...ratio, low: null, high: null },
        })),
      },
    ]),
  )
  const compared = comparedSweeps(first, { ...second, records: withoutInterval }, 0.02)
  t.is(headlineOf(compared), 'Nothing can be compared at any point')
  t.regex(comparedSweepsText(compared, 80), /not compared:\n.*\(at 4 of 4\n? *points\)/s)
  t.regex(comparedSweepsText(compared, 80), /noise:\n/)
})
