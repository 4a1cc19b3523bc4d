import test from 'ava'
import { metricNamed } from '../../src/record/metrics.ts'
import { drawnFrom, recordedRuns } from '../ab/recorded-noise.ts'
import { simulatedComparisons, slowerBy } from '../ab/simulated-ab.ts'

// test/benchmarks/false-verdicts.ts has runs by the thousand. Seeds are fixed; each bound here would, with others,
// fail less than once in 10,000 times.
const noises = recordedRuns().map(drawnFrom)
const headlines = (change: Parameters<typeof simulatedComparisons>[1], runs: number) =>
  Array.from({ length: runs }, (_, seed) =>
    simulatedComparisons(noises[seed % noises.length]!, change, seed).filter(
      ({ path, metric }) => path === 'head' && metricNamed(metric)?.headline,
    ),
  )

test('a path is called neither faster nor slower than itself in the noise of real runs', (t) => {
  const isFalse = ({ verdict }: { verdict: string }) => verdict === 'faster' || verdict === 'slower'
  t.true(headlines({}, 24).filter((run) => run.some(isFalse)).length <= 3)
})

test('a packet that takes 3 % longer is found in most such runs', (t) => {
  const found = headlines(slowerBy(1.03), 12).filter((run) =>
    run.some(({ metric, verdict }) => metric === 'costNs' && verdict === 'slower'),
  )
  t.true(found.length >= 8, `${found.length} of 12`)
})
