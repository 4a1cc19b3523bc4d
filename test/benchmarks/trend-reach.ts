/**
 * How often the trend is right: false changes where nothing changes, and how soon a step is found.
 *
 *     node test/benchmarks/trend-reach.ts [sequences] [run.json …]
 *
 * With records of runs, noise as recorded takes part too: the control path's log-ratios to the baseline path, in
 * stretches of ten consecutive blocks drawn at random. The same arguments give the same numbers.
 */
import { readFileSync } from 'node:fs'
import { parseRecord } from '../../src/keep/read.ts'
import { metricNamed } from '../../src/record/metrics.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { pairedRatios } from '../../src/report/view/paired-blocks.ts'
import { randomSource } from '../../src/stats/random.ts'
import { changePoints, changesAsFound } from '../../src/trend/change-points.ts'
import { medianAndSpread } from '../../src/trend/spread-about-median.ts'
import { correlatedNoise, drawn, heavyNoise, normalNoise, type Noise } from '../trend/noise.ts'

const [sequences = '100', ...files] = process.argv.slice(2)
const records = files.map((file) => parseRecord(readFileSync(file, 'utf8'), file))

/** Log-ratios of the control path, a block each, in units of their own spread about their median. */
function recordedRatios(record: RunRecord, metric: string): number[] {
  const { trials } = record
  const pathOf = (role: string) => record.paths.find((path) => path.role === role)?.name ?? ''
  const logs = [
    ...pairedRatios(trials, metricNamed(metric)!, pathOf('control'), pathOf('baseline')).values(),
  ].map(Math.log)
  const { median, spread } = medianAndSpread(Float64Array.from(logs).sort())
  return logs.map((log) => (log - median) / spread)
}

const stretch = 10

function recordedNoise(seed: number, metric: string): Noise {
  const random = randomSource(seed)
  const runs = records.map((record) => recordedRatios(record, metric)).filter((one) => one.length > stretch)
  let waiting: number[] = []
  return () => {
    if (waiting.length === 0) {
      const run = runs[Math.floor(random() * runs.length)] ?? []
      const from = Math.floor(random() * (run.length - stretch))
      waiting = run.slice(from, from + stretch)
    }
    return waiting.shift() ?? NaN
  }
}

const noises: Readonly<Record<string, (seed: number) => Noise>> = {
  normal: normalNoise,
  'heavy tails (t, 3 degrees of freedom)': heavyNoise,
  'neighbours correlated by 0.1': (seed) => correlatedNoise(seed, 0.1),
  'neighbours correlated by 0.3': (seed) => correlatedNoise(seed, 0.3),
  'neighbours correlated by 0.5': (seed) => correlatedNoise(seed, 0.5),
  ...(records.length === 0
    ? {}
    : {
        'recorded, throughput': (seed) => recordedNoise(seed, 'throughputPps'),
        'recorded, median round trip': (seed) => recordedNoise(seed, 'rttNs.p50'),
        'recorded, 99th percentile': (seed) => recordedNoise(seed, 'rttNs.p99'),
      }),
}

/** One series by itself, and one of the six that the main scenario has. */
const levels = { alone: 0.001, 'of six': 0.001 / 6 }

console.log('False changes in 1,000 runs of one series: [looking after every run] [looking once, at the end]')
for (const [name, noise] of Object.entries(noises))
  for (const [share, level] of Object.entries(levels)) {
    let asFound = 0
    let atEnd = 0
    for (let seed = 1; seed <= Number(sequences); seed++) {
      const values = drawn(noise(seed), 1000)
      asFound += changesAsFound(values, level).length
      atEnd += changePoints(values, level).length
    }
    const rate = (count: number) => (count / Number(sequences)).toFixed(2)
    console.log(`${name.padEnd(40)} ${share.padEnd(7)} ${rate(asFound)}  ${rate(atEnd)}`)
  }

const within = [3, 4, 5, 6, 8, 10]
console.log(`\nSteps of 3 times the noise, of 100 found within ${within.join(', ')} runs of the new level`)
for (const [name, noise] of Object.entries(noises))
  for (const [share, level] of Object.entries(levels))
    for (const before of [20, 60, 128]) {
      const counts = within.map(() => 0)
      for (let seed = 1; seed <= Number(sequences); seed++) {
        const values = drawn(noise(10_000 + seed), before + 10).map((value, index) =>
          index < before ? 0.01 * value : 0.01 * value + Math.log(0.97),
        )
        const found = changePoints(values, level).find(
          ({ at, foundAt }) => foundAt >= before && Math.abs(at - before) <= 2,
        )
        for (const [index, runs] of within.entries())
          if (found !== undefined && found.foundAt < before + runs) counts[index]! += 1
      }
      const shares = counts
        .map((count) => ((100 * count) / Number(sequences)).toFixed(0).padStart(3))
        .join(' ')
      console.log(`${name.padEnd(40)} ${share.padEnd(7)} after ${String(before).padStart(3)} runs: ${shares}`)
    }

let spikes = 0
for (let seed = 1; seed <= Number(sequences); seed++) {
  const values = drawn(normalNoise(20_000 + seed), 200)
  values[120] = 10
  spikes += changePoints(values, levels.alone).filter(({ at }) => Math.abs(at - 120) <= 3).length
}
console.log(`\nSpikes of 10 times the noise taken for a change: ${spikes} of ${sequences}`)
