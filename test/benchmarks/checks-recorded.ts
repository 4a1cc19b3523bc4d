/**
 * Whether `bench check` raises false alarms on runs that were really measured: every run of a folder is held against
 * every other of the same scenario and load, with `regression <= 3%` and with less slack. Where all of them
 * are of the same programs, every breach is a false alarm.
 *
 *   node test/benchmarks/checks-recorded.ts [folder of runs, results/redirect-vs-stack] [gate…]
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ratioOfRatios } from '../../src/across/across-runs.ts'
import { ratioIntervalOf } from '../../src/across/log-estimate.ts'
import { loadDifferences } from '../../src/across/settings-differences.ts'
import { judge } from '../../src/gates/judge.ts'
import { parseGate } from '../../src/gates/parse-gate.ts'
import { BenchError } from '../../src/host/errors.ts'
import { metrics } from '../../src/record/metrics.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { readRun } from '../../src/keep/store.ts'

const project = join(import.meta.dirname, '..', '..')
const [folder = join(project, 'results', 'redirect-vs-stack'), ...given] = process.argv.slice(2)
const gates = given.length > 0 ? given : ['regression <= 3%', 'regression <= 1%', 'regression <= 0.1%']

const runs = readdirSync(folder).flatMap((name): RunRecord[] => {
  try {
    const record = readRun(folder, join(folder, name))
    return record.complete && record.settings.rounds >= 6 ? [record] : []
  } catch (error) {
    if (!(error instanceof BenchError)) throw error
    console.log(`left out: ${error.message}`)
    return []
  }
})
const pairs = runs.flatMap((first) =>
  runs
    .filter((second) => second !== first && loadDifferences(first, second).length === 0)
    .map((second) => ({ first, second })),
)
const share = (count: number, of: number): string =>
  `${count} of ${of} (${((count / of) * 100).toFixed(1)} %)`
console.log(`${runs.length} runs, ${pairs.length} ordered pairs of the same load`)

for (const text of gates) {
  const gate = { text, source: { file: 'given', line: 1, column: 1 }, ...parseGate(text) }
  for (const isAbsolute of [false, true]) {
    const breached = pairs.filter(
      ({ first, second }) =>
        judge([gate], second, { kind: 'run', record: first, isAbsolute })[0]?.outcome === 'breached',
    )
    console.log(
      `${text}${isAbsolute ? ', absolute figures' : ''}: breached ${share(breached.length, pairs.length)}`,
    )
  }
}

const candidates = [...new Set(runs.flatMap(({ paths }) => paths))].filter(({ role }) => role === 'candidate')
for (const path of new Set(candidates.map(({ name }) => name)))
  for (const { name: metric } of metrics.filter(({ headline }) => headline)) {
    const intervals = pairs.flatMap(({ first, second }) => {
      const across = ratioOfRatios(first, second, path, metric)
      return across.state === 'compared' ? [ratioIntervalOf(across.quotient)] : []
    })
    if (intervals.length === 0) continue
    const holding = intervals.filter(({ low, high }) => low <= 1 && high >= 1)
    console.log(`${path} ${metric}: the interval holds 1 in ${share(holding.length, intervals.length)}`)
  }
