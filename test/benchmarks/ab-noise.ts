/**
 * Takes out of runs of `bench ab` of a program against itself what simulations draw their noise from:
 *
 *   sudo ./bench ab redirect-vs-stack --base HEAD --no-confirm
 *   node test/benchmarks/ab-noise.ts <run.json>… > test/ab/recorded-noise.csv
 *
 * A line a block; of each headline metric the value on base, head and control, to four digits.
 */
import { metricNamed } from '../../src/record/metrics.ts'
import { readRun } from '../../src/keep/store.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { valuesByRound } from '../../src/run/values.ts'
import { judgedMetrics } from '../ab/simulated-ab.ts'

const paths = ['base', 'head', 'control'] as const

/** The lines of a record: the run's number, the round, the values of a block. */
function* linesOf(record: RunRecord, run: number): Generator<string> {
  const columns = judgedMetrics.flatMap((name) =>
    paths.map((path) => valuesByRound(record, path, metricNamed(name)!)),
  )
  for (const [round, blocks] of columns[0]!.entries())
    for (const block of blocks.keys()) {
      const values = columns.map((column) => column[round]?.[block] ?? NaN)
      // A block of the warm-up has no values.
      if (values.every(Number.isNaN)) continue
      yield [run, round, ...values.map((value) => Number(value.toPrecision(4)))].join(',')
    }
}

const names = judgedMetrics.flatMap((name) => paths.map((path) => `${name} ${path}`))
const records = process.argv.slice(2).map((file) => readRun('results', file))
const comments = records.map(
  ({ startedAt, scenario, environment: { kernel, cpuModel, cpuCount } }, index) =>
    `# run ${index + 1}: ${scenario} of one program against itself, ${startedAt}, Linux ${kernel}, ${cpuCount} CPUs (${cpuModel})`,
)
const lines = records.flatMap((record, index) => [...linesOf(record, index + 1)])
for (const line of [...comments, ['run', 'round', ...names].join(','), ...lines]) console.log(line)
