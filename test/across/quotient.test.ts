import test from 'ava'
import { metricNamed, metrics } from '../../src/record/metrics.ts'
import { binomialBounds } from '../../src/stats/binomial.ts'
import { ratioOfRatios } from '../../src/across/across-runs.ts'
import { logEstimateOf, ratioIntervalOf } from '../../src/across/log-estimate.ts'
import { quotientOf, runDrift } from '../../src/across/quotient.ts'
import { simulatedRun } from './simulated-runs.ts'

const close = (value: number, expected: number): boolean => Math.abs(value - expected) < 1e-6

test('the ends of a quotient are as far as both intervals’ ends in quadrature, on the log scale', (t) => {
  const above = logEstimateOf({ estimate: 1.1, low: 1.08, high: 1.15, n: 80 }, 10)!
  const below = logEstimateOf({ estimate: 1.05, low: 1.02, high: 1.06, n: 80 }, 10)!
  const { estimate, low, high } = ratioIntervalOf(quotientOf(above, below, 0))
  t.true(close(estimate, 1.1 / 1.05))
  t.true(close(low, estimate * Math.exp(-Math.hypot(Math.log(1.1 / 1.08), Math.log(1.06 / 1.05)))))
  t.true(close(high, estimate * Math.exp(Math.hypot(Math.log(1.15 / 1.1), Math.log(1.05 / 1.02)))))
})

test('what drifts from run to run widens even the quotient of two exact figures', (t) => {
  const exact = logEstimateOf({ estimate: 1, low: 1, high: 1, n: 80 }, 10)!
  const { low, high } = ratioIntervalOf(quotientOf(exact, exact))
  t.true(Math.abs(Math.log(high) - 1.96 * Math.SQRT2 * runDrift) < 2e-5)
  t.true(close(low * high, 1))
})

test('the ratio of ratios of two runs lies in its interval as often as claimed, whatever the speed', (t) => {
  let inside = 0
  let figures = 0
  for (let pair = 0; pair < 12; pair += 1) {
    const first = simulatedRun({ seed: 2 * pair, luck: 1, drift: runDrift, resamples: 100 })
    const second = simulatedRun({
      ...{ seed: 2 * pair + 1, luck: 1, drift: runDrift, resamples: 100 },
      ...{ slowness: 1.25, timeRatio: 0.94 * 1.03 },
    })
    for (const { path, metric } of first.comparisons.filter((one) => one.path === 'redirect')) {
      const across = ratioOfRatios(first, second, path, metric)
      if (across.state !== 'compared') continue
      const { low, high } = ratioIntervalOf(across.quotient)
      const truth = metricNamed(metric)?.better === 'higher' ? 1 / 1.03 : 1.03
      figures += 1
      if (low <= truth && truth <= high) inside += 1
    }
  }
  t.is(figures, 12 * metrics.filter(({ headline, load }) => headline && load !== 'http').length)
  // Of independent figures, fewer would be found in one of 1,000 such tests.
  const { least } = binomialBounds(figures, 0.95, 0.002)
  t.true(inside >= least, `${inside} of ${figures}, at least ${least}`)
})
