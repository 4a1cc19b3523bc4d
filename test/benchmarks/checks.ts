/**
 * Whether `bench check` holds what it claims, across two runs: how often it raises a false alarm when only the
 * machine's speed has moved, how often the ratio of ratios lies in its interval, and what it finds.
 *
 *   node test/benchmarks/checks.ts [pairs of runs, 300]
 *
 * Simulated: 10 rounds of 10 blocks of log-ratios with normal noise and lognormal bursts, rounds that differ,
 * six headline metrics, a candidate and a control. The second run's machine is 25 % slower, and wanders by a tenth from
 * block to block. Seeds are fixed: the same numbers come out every time.
 */
import { ratioOfRatios } from '../../src/across/across-runs.ts'
import { ratioIntervalOf } from '../../src/across/log-estimate.ts'
import { confirm } from '../../src/gates/confirm.ts'
import { judge, type Judgement } from '../../src/gates/judge.ts'
import { parseGate } from '../../src/gates/parse-gate.ts'
import type { Gate } from '../../src/gates/rule.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { simulatedRun } from '../across/simulated-runs.ts'

const pairs = Number(process.argv[2] ?? '300')

const gateOf = (text: string): Gate => ({
  text,
  source: { file: 'bench.gates.yaml', line: 1, column: 1 },
  ...parseGate(text),
})

const share = (count: number, of: number): string =>
  `${count} of ${of} (${((count / of) * 100).toFixed(1)} %)`

interface Case {
  readonly title: string
  readonly gate: string
  /** True change of a packet's time from the first run to the second. */
  readonly change: number
  readonly luck: number
  readonly drift: number
}

const cases: readonly Case[] = [
  { title: 'the speed alone moved, rounds alike', gate: 'regression <= 3%', change: 1, luck: 0, drift: 0 },
  {
    title: 'the speed alone moved, rounds differ',
    gate: 'regression <= 3%',
    change: 1,
    luck: 1,
    drift: 0.002,
  },
  {
    title: 'the same, with a gate that has no slack',
    gate: 'regression <= 0.1%',
    change: 1,
    luck: 1,
    drift: 0.002,
  },
  { title: '3 % slower, rounds differ', gate: 'regression <= 1%', change: 1.03, luck: 1, drift: 0.002 },
  { title: '5 % slower, rounds differ', gate: 'regression <= 3%', change: 1.05, luck: 1, drift: 0.002 },
]

const judged = (gate: Gate, first: RunRecord, second: RunRecord): Judgement =>
  judge([gate], second, { kind: 'run', record: first, isAbsolute: false })[0]!

for (const { title, gate: text, change, luck, drift } of cases) {
  const gate = gateOf(text)
  const outcomes = { held: 0, undecided: 0, breached: 0 }
  let confirmed = 0
  let absolute = 0
  let figures = 0
  let inside = 0
  for (let pair = 0; pair < pairs; pair += 1) {
    const common = { luck, drift, resamples: 100 }
    const first = simulatedRun({ seed: 3 * pair, ...common })
    const slower = { ...common, slowness: 1.25, timeRatio: 0.94 * change }
    const second = simulatedRun({ seed: 3 * pair + 1, ...slower })
    const judgement = judged(gate, first, second)
    outcomes[judgement.outcome] += 1
    if (judgement.outcome === 'breached') {
      const fresh = judged(gate, first, simulatedRun({ seed: 3 * pair + 2, ...slower }))
      if (confirm(judgement, fresh).outcome === 'breached') confirmed += 1
    }
    if (judge([gate], second, { kind: 'run', record: first, isAbsolute: true })[0]!.outcome === 'breached')
      absolute += 1
    for (const { path, metric } of first.comparisons.filter((one) => one.path === 'redirect')) {
      const across = ratioOfRatios(first, second, path, metric)
      if (across.state !== 'compared') continue
      const { low, high } = ratioIntervalOf(across.quotient)
      const truth = metric === 'throughputPps' ? 1 / change : change
      figures += 1
      if (low <= truth && truth <= high) inside += 1
    }
  }
  console.log(`${title}; gate: ${text}`)
  console.log(
    `  breached ${share(outcomes.breached, pairs)}, of these confirmed ${confirmed}; held ${outcomes.held}, undecided ${outcomes.undecided}`,
  )
  console.log(`  the same with absolute figures: breached ${share(absolute, pairs)}`)
  console.log(`  the true ratio of ratios lies in the 95 % interval: ${share(inside, figures)}`)
}
