import test from 'ava'
import { coincidenceAt, coincidenceWords } from '../../src/trend/coincidence.ts'
import { conditionsChanges } from '../../src/trend/conditions.ts'
import { trendOf } from '../../src/trend/trend.ts'
import { changeSentences } from '../../src/trend/words.ts'
import { entryFor, steppedHistory } from './made-up-history.ts'

const under = (run: number, conditions: Record<string, string>) => entryFor(run, () => 1, { conditions })

const wordsAt = (run: number, ...conditions: Record<string, string>[]): string | undefined => {
  const changes = conditionsChanges(conditions.map((each, index) => under(index, each)))
  const found = coincidenceAt(run, changes, 2)
  return found && coincidenceWords(found)
}

test('a kernel update is told by its releases, before what matters less', (t) => {
  t.is(
    wordsAt(
      1,
      { governor: 'powersave', kernel: '6.12.8 #1 SMP' },
      { governor: 'performance', kernel: '6.12.9 #1 SMP' },
    ),
    'the first on kernel 6.12.9 (before: 6.12.8) and with governor performance (before: powersave)',
  )
  t.is(
    wordsAt(1, { kernel: '6.12.8 #1' }, { kernel: '6.12.8 #2' }),
    'the first on another build of kernel 6.12.8',
  )
})

test('mitigations, microcode, the CPU and pathbench’s version are told', (t) => {
  t.is(
    wordsAt(1, { mitigations: 'sha256:a' }, { mitigations: 'sha256:b' }),
    'the first with other mitigations',
  )
  t.is(
    wordsAt(
      1,
      { CPU: 'A, 2 of them', microcode: '0x1', pathbench: '0.1.0' },
      { CPU: 'B, 2 of them', microcode: '0x2', pathbench: '0.2.0' },
    ),
    'the first with CPU B, 2 of them (before: A, 2 of them) and with microcode 0x2 (before: 0x1) and with pathbench 0.2.0 (before: 0.1.0)',
  )
})

test('what changed up to two runs away is told with how far away that is', (t) => {
  const kernels = ['a', 'b', 'b', 'b', 'b'].map((kernel) => ({ kernel }))
  t.is(wordsAt(3, ...kernels), '2 runs after the first on kernel b (before: a)')
  t.is(wordsAt(0, ...kernels), '1 run before the first on kernel b (before: a)')
  t.is(wordsAt(4, ...kernels), undefined)
})

test('what is measured, and what was not recorded before, is no change of the environment', (t) => {
  t.is(
    wordsAt(1, { 'scenario file': 'sha256:a', kernel: 'a' }, { 'scenario file': 'sha256:b', kernel: 'a' }),
    undefined,
  )
  t.is(wordsAt(1, { kernel: 'a' }, { kernel: 'a', microcode: '0x1' }), undefined)
})

test('a change of level at a kernel update is one sentence', (t) => {
  const trend = trendOf('redirect-vs-stack', steppedHistory(), ({ role }) => role === 'candidate')
  const [sentence, ...others] = changeSentences(trend)
  t.deepEqual(others, [])
  t.regex(
    sentence!,
    /^redirect, median round trip: slower by 4\.\d % from run 20260411T020000Z-00000064, the first on kernel 6\.19\.0 \(before: 6\.18\.1\) and with other mitigations$/,
  )
})
