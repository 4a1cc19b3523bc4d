import test from 'ava'
import { holmAdjusted } from '../../src/stats/holm.ts'

// R 4.2.2: p.adjust(p, "holm")
const adjustment = test.macro({
  exec: (t, pValues: readonly number[], expected: readonly number[]) => {
    const adjusted = holmAdjusted(pValues)
    t.deepEqual(
      adjusted.map((value) => Number(value!.toFixed(12))),
      expected,
    )
  },
  title: (_, pValues: readonly number[]) => `p-values ${pValues.join(', ')} are adjusted as R does`,
})

test(adjustment, [0.01, 0.02, 0.03, 0.04, 0.05], [0.05, 0.08, 0.09, 0.09, 0.09])
test(adjustment, [0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02])
test(adjustment, [0.001, 0.2, 0.04, 0.011, 0.04, 0.9], [0.006, 0.4, 0.16, 0.055, 0.16, 0.9])
test(adjustment, [0.7, 0.8], [1, 1])
test(adjustment, [0.03], [0.03])

test('a comparison that was not tested stays so, and does not count', (t) => {
  t.deepEqual(holmAdjusted([0.01, null, 0.02]), [0.02, null, 0.02])
  t.deepEqual(holmAdjusted([]), [])
})
