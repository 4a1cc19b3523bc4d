import test from 'ava'
import { Stopwatch } from '../../src/run/stopwatch.ts'

test('every moment belongs to one phase, and phases that come again add up', (t) => {
  const stopwatch = new Stopwatch()
  for (const phase of ['build', 'measuring', 'build', 'measuring', 'analysis'] as const)
    stopwatch.enter(phase)
  const spentNs = stopwatch.spentNs()
  t.deepEqual(Object.keys(spentNs), ['setup', 'build', 'measuring', 'analysis'])
  const sumS = Object.values(spentNs).reduce((sum, ns) => sum + ns, 0) / 1e9
  t.true(sumS <= stopwatch.elapsedS())
  t.true(stopwatch.secondsIn('build') === spentNs.build! / 1e9)
  t.is(stopwatch.secondsIn('proof'), 0)
})

test('the phase that runs is counted up to now', (t) => {
  const stopwatch = new Stopwatch()
  stopwatch.enter('measuring')
  const first = stopwatch.secondsIn('measuring')
  t.true(stopwatch.secondsIn('measuring') > first)
})
