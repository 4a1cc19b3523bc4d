import test from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { parseNftCounters } from '../../src/datapath/nft-counters.ts'

// As nft 1.0.6 writes it, cut: a named counter, a rule that refers to it, and rules with counters of their own.
const ruleset = {
  nftables: [
    { metainfo: { version: '1.0.6', json_schema_version: 1 } },
    { table: { family: 'ip', name: 'filter', handle: 1 } },
    { counter: { family: 'ip', name: 'passed', table: 'filter', handle: 2, packets: 12, bytes: 1104 } },
    { rule: { family: 'ip', expr: [{ counter: 'passed' }, { accept: null }], comment: 'refers' } },
    {
      rule: {
        family: 'ip',
        expr: [{ counter: { packets: 3, bytes: 276 } }, { drop: null }],
        comment: 'refused',
      },
    },
    { rule: { family: 'ip', expr: [{ counter: { packets: 9, bytes: 9 } }] } },
    { counter: { family: 'ip6', name: 'passed', table: 'other', handle: 3, packets: 1, bytes: 100 } },
  ],
}

test("nftables' counters are called by their names, a rule's by its comment, and one name is one sum", (t) => {
  t.deepEqual(
    [...parseNftCounters(JSON.stringify(ruleset))],
    [
      ['nft.passed', 13],
      ['nft.passed.bytes', 1204],
      ['nft.refused', 3],
      ['nft.refused.bytes', 276],
    ],
  )
})

test('without rules there are none', (t) => {
  t.is(parseNftCounters('{"nftables": []}').size, 0)
})

test('another program of the name nft is told of', (t) => {
  const error = t.throws(() => parseNftCounters(''), { instanceOf: BenchError })
  t.is(error.message, 'Could not read the counters of nftables: nft gave another answer than expected')
})
