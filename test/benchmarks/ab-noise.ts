/**
 * Takes out of runs of `bench ab` of a program against itself what simulations draw their noise from:
 *
 *   sudo ./bench ab redirect-vs-stack --base HEAD --no-confirm
 *   node test/benchmarks/ab-noise.ts <run.json>… > test/ab/recorded-noise.csv
 *
 * A line a block; of each headline metric the value on base, head and control, to four digits.
 */
import { metricNamed } from '../../src/results/metrics.ts'
import { readRun } from '../../src/results/store.ts'
import type { RunRecord } from '../../src/results/record.ts'
import { valuesByRound } from '../../src/run/values.ts'
import { judgedMetrics } from '../ab/simulated-ab.ts'

const paths = ['base', 'head', 'control'] as const

function* linesOf(record: RunRecord): Generator<string> {
  const columns = judgedMetrics.flatMap((name) =>
    paths.map((path) => valuesByRound(record, path, metricNamed(name)!)),
  )
  for (const [round, blocks] of columns[0]!.entries())
    for (const block of blocks.keys()) {
      const values = columns.map((column) => column[round]?.[block] ?? NaN)
      // A block of the warm-up has no values.
      if (values.every(Number.isNaN)) continue
      yield [record.runId, round, block, ...values.map((value) => Number(value.toPrecision(4)))].join(',')
    }
}

const files = process.argv.slice(2)
const records = files.map((file) => readRun('results', file))
for (const { runId, environment, scenario } of records)
  console.log(`# ${runId}: ${scenario} of one program against itself, Linux ${environment.kernel}, ${environment.cpuModel}`)
console.log(['run', 'round', 'block', ...judgedMetrics.flatMap((name) => paths.map((path) => `${name} ${path}`))].join(','))
for (const record of records) for (const line of linesOf(record)) console.log(line)
