/**
 * How often `bench run` gives a false verdict, and how often it finds a true difference, in runs whose truth is known.
 *
 *   node test/benchmarks/false-verdicts.ts [runs of each noise, 250] [words of a noise's name]
 *
 * A run is three builds of one program, drawn from the noise of real runs (test/ab/recorded-noise.csv), whole rounds
 * with their blocks in order, or made up: baseline, candidate and control, with five headline metrics and the 99th percentile of a paced load. False is a run
 * in which the candidate is called faster or slower in any headline metric. Then its packets take 3 % longer: found is `slower`
 * in throughput, and in cost. Seeds are fixed: the same numbers come out every time. A noise takes some minutes.
 *
 * With 250 runs of each recorded noise, and the 99th percentile of the paced load still a headline metric (the 90th,
 * which took its place, is not in the recorded noise), no verdict was false in 1,000 runs (so that at most 0.4 % are, at 95 %). Half-widths are medians:
 *
 * | recorded run    | throughput | held   | 3 % found | cost    | held   | 3 % found | paced p99 |
 * | --------------- | ---------- | ------ | --------- | ------- | ------ | --------- | --------- |
 * | 1, mostly quiet | ±0.41 %    | 97.2 % | 100 %     | ±0.36 % | 96.0 % | 100 %     | ±13.7 %   |
 * | 2               | ±0.43 %    | 98.4 % | 96.8 %    | ±0.29 % | 99.6 % | 100 %     | ±14.2 %   |
 * | 3               | ±0.60 %    | 98.8 % | 93.2 %    | ±0.46 % | 100 %  | 100 %     | ±14.9 %   |
 * | 4, half busy    | ±1.00 %    | 93.6 % | 79.2 %    | ±0.68 % | 93.6 % | 98.4 %    | ±18.2 %   |
 *
 * Since a flood's receiver looks every 20 µs (runs 5 to 8, 26 November 2026, on a noisier day), again no verdict was
 * false in 1,000 runs:
 *
 * | recorded run    | throughput | held   | 3 % found | cost    | held   | 3 % found | paced p99 |
 * | --------------- | ---------- | ------ | --------- | ------- | ------ | --------- | --------- |
 * | 5               | ±0.51 %    | 97.6 % | 100 %     | ±0.46 % | 96.8 % | 100 %     | ±4.0 %    |
 * | 6               | ±0.69 %    | 96.0 % | 100 %     | ±0.58 % | 97.2 % | 100 %     | ±3.8 %    |
 * | 7               | ±1.02 %    | 95.2 % | 93.6 %    | ±1.02 % | 95.2 % | 94.4 %    | ±3.7 %    |
 * | 8               | ±0.63 %    | 97.6 % | 100 %     | ±0.57 % | 96.4 % | 100 %     | ±4.2 %    |
 */
import { abPaths } from '../../src/ab/ab-scenario.ts'
import { metricNamed } from '../../src/record/metrics.ts'
import type { Verdict } from '../../src/record/record.ts'
import { drawnFrom, recordedRuns } from '../ab/recorded-noise.ts'
import { holdsTruth, judgedMetrics, type Noise, simulatedComparisons, slowerBy } from '../ab/simulated-ab.ts'
import { madeUpNoises } from '../ab/simulated-noise.ts'

const [runs = '250', words = 'recorded'] = process.argv.slice(2)

const noises: Readonly<Record<string, Noise>> = {
  ...Object.fromEntries(recordedRuns().map((run) => [`recorded run ${run.run}`, drawnFrom(run)])),
  ...madeUpNoises,
}

const percent = (count: number, of: number): string => `${((count / of) * 100).toFixed(1)} %`
const isDecided = (verdict: Verdict): boolean => verdict === 'faster' || verdict === 'slower'

let allRuns = 0
let allFalse = 0
for (const [name, noise] of Object.entries(noises).filter(([one]) => one.includes(words))) {
  let falseRuns = 0
  const held = new Map<string, number>()
  const found = new Map<string, number>()
  const halfWidths = new Map<string, number[]>()
  const add = (sums: Map<string, number>, metric: string) => sums.set(metric, (sums.get(metric) ?? 0) + 1)
  for (let seed = 0; seed < Number(runs); seed += 1) {
    const same = simulatedComparisons(noise, {}, seed).filter(({ path }) => path === abPaths.head)
    const judged = same.filter(({ metric }) => judgedMetrics.some((one) => one === metric))
    if (judged.some(({ metric, verdict }) => metricNamed(metric)?.headline === true && isDecided(verdict)))
      falseRuns += 1
    for (const comparison of judged) {
      const { metric, ratio } = comparison
      if (holdsTruth(comparison, {})) add(held, metric)
      halfWidths.set(metric, [
        ...(halfWidths.get(metric) ?? []),
        Math.log((ratio.high ?? NaN) / (ratio.low ?? NaN)) / 2,
      ])
    }
    for (const { path, metric, verdict } of simulatedComparisons(noise, slowerBy(1.03), seed))
      if (path === abPaths.head && verdict === 'slower') add(found, metric)
  }
  allRuns += Number(runs)
  allFalse += falseRuns
  console.log(`${name}: ${falseRuns} of ${runs} runs with a false verdict`)
  for (const metric of judgedMetrics) {
    const widths = (halfWidths.get(metric) ?? []).toSorted((a, b) => a - b)
    const width = ((widths[Math.floor(widths.length / 2)] ?? NaN) * 100).toFixed(2)
    const findings =
      metric in slowerBy(1.03) ? `, 3 % found in ${percent(found.get(metric) ?? 0, Number(runs))}` : ''
    console.log(
      `  ${metric.padEnd(18)} ±${width.padStart(6)} %, truth in the 95 % interval in ${percent(held.get(metric) ?? 0, Number(runs))}${findings}`,
    )
  }
}
console.log(`together: ${allFalse} of ${allRuns} runs with a false verdict (${percent(allFalse, allRuns)})`)
