/**
 * How well `bench ab` judges runs whose truth is known: how often it raises a false alarm, how often it finds a
 * packet that takes 3 % longer, and how often the true ratio lies in its intervals.
 *
 *   node test/benchmarks/ab-decisions.ts [runs, 200] [words of a noise's name]
 *
 * Ten rounds of some thirty blocks on base, head and control, with six headline metrics: made-up noise, and noise
 * of real runs (test/ab/recorded-noise.csv). What a first run finds, a second has to confirm. Seeds are fixed: the
 * same numbers come out every time. A noise takes minutes.
 */
import { drawnFrom, recordedRuns } from '../ab/recorded-noise.ts'
import {
  type Change,
  holdsTruth,
  judgedMetrics,
  judgeSimulated,
  type Noise,
  slowerBy,
} from '../ab/simulated-ab.ts'
import { madeUpNoises } from '../ab/simulated-noise.ts'

const [runs = '200', words = ''] = process.argv.slice(2)

const noises: Readonly<Record<string, Noise>> = {
  ...madeUpNoises,
  ...Object.fromEntries(
    recordedRuns().map((recorded) => [`recorded run ${recorded.run}`, drawnFrom(recorded)]),
  ),
}

const share = (count: number, of: number): string =>
  `${count} of ${of} (${((count / of) * 100).toFixed(1)} %)`

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

function simulate(noise: Noise, change: Change): void {
  let suspected = 0
  let confirmed = 0
  const covered = new Map<string, number>()
  const halfWidths = new Map<string, number[]>()
  for (let run = 0; run < Number(runs); run += 1) {
    const { isSuspected, isConfirmed, head } = judgeSimulated(noise, change, run)
    if (isSuspected) suspected += 1
    if (isConfirmed) confirmed += 1
    for (const comparison of head) {
      const { metric, ratio } = comparison
      if (holdsTruth(comparison, change)) covered.set(metric, (covered.get(metric) ?? 0) + 1)
      const widths = halfWidths.get(metric) ?? []
      widths.push(((ratio.high ?? NaN) - (ratio.low ?? NaN)) / 2)
      halfWidths.set(metric, widths)
    }
  }
  const all = Number(runs)
  console.log(`    first run: ${share(suspected, all)}; confirmed: ${share(confirmed, all)}`)
  for (const metric of judgedMetrics)
    console.log(
      `      ${metric.padEnd(18)} ±${(middle(halfWidths.get(metric) ?? []) * 100).toFixed(2).padStart(6)} %, truth in the 95 % interval: ${share(covered.get(metric) ?? 0, all)}`,
    )
}

for (const [name, noise] of Object.entries(noises).filter(([one]) => one.includes(words))) {
  console.log(name)
  console.log('  of a program against itself, found to be slower')
  simulate(noise, {})
  console.log('  of one whose packets take 3 % longer, found to be slower')
  simulate(noise, slowerBy(1.03))
}
