import test from 'ava'
import { preferencesBefore } from '../../src/datapath/filter-places.ts'

const filter = { kind: 'bpf', protocol: 'all', chain: 0 }

test('filters go before those of others, in their order', (t) => {
  t.deepEqual(preferencesBefore([], 2), [1, 2])
  t.deepEqual(preferencesBefore([{ ...filter, pref: 49_152 }], 2), [49_150, 49_151])
  t.deepEqual(
    preferencesBefore(
      [
        { ...filter, pref: 9, kind: 'flower' },
        { ...filter, pref: 3 },
      ],
      2,
    ),
    [1, 2],
  )
})

test('where others’ BPF filters begin at the first preference, filters share it: the last that was added runs first', (t) => {
  t.deepEqual(preferencesBefore([{ ...filter, pref: 1 }], 2), [1, 1])
})

test('before a filter of another kind at the first preference there is no room', (t) => {
  t.is(
    preferencesBefore([{ ...filter, pref: 1, kind: 'flower' }], 1),
    'a filter of kind flower is there, at preference 1',
  )
  t.is(
    preferencesBefore([{ ...filter, pref: 2, protocol: 'ip' }], 2),
    'a filter of kind bpf is there, at preference 2',
  )
})

test('filters of other chains are in nobody’s way', (t) => {
  t.deepEqual(preferencesBefore([{ ...filter, kind: 'flower', pref: 1, chain: 7 }], 1), [1])
})
