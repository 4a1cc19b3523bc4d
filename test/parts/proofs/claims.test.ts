import test from 'ava'
import {
  claimOf,
  countersOfRules,
  isJudgedBy,
  judge,
  needsOfRules,
} from '../../../src/parts/proofs/claims.ts'
import { proofKinds } from '../../../src/parts/proofs/proofs.ts'
import type { ProofRule } from '../../../src/parts/proofs/schema.ts'
import { forwarded, traffic } from './judged.ts'

const rules: ProofRule[] = [
  forwarded('requests'),
  { program: 'redirect', atLeast: 'a/Udp.InDatagrams + requests' },
  { flows: 'sticky' },
  { flows: 'balanced' },
  { lost: 'none' },
]

test('no two kinds of rule have a key in common by which they are told', (t) => {
  const keys = proofKinds.map(({ key }) => key)
  t.deepEqual([...new Set(keys)], keys)
  for (const kind of proofKinds)
    for (const form of kind.forms)
      t.deepEqual(
        keys.filter((key) => key in form.shape),
        [kind.key],
      )
})

test('a rule is judged by what it speaks of, and by nothing else', (t) => {
  const whatOf = (findings: ReturnType<typeof judge>) => findings.map(({ what }) => what)
  const runs = new Map([['redirect', 1000]])
  t.deepEqual(whatOf(judge('probe', rules, { traffic, runs })), ['runs of redirect while probing'])
  t.deepEqual(whatOf(judge('round', rules, { traffic, counters: new Map() })), [
    'netns-2/Ip.ForwDatagrams',
    "packets that came to another server than their flow's first",
  ])
  t.deepEqual(whatOf(judge('delivery', rules, [])), [])
  t.deepEqual(whatOf(judge('servers', rules, [{ namespace: 'a', flows: 1 }])), ['flows on a'])
})

test('runs of a program are set against what was sent meanwhile', (t) => {
  const runsHold = (count: number) =>
    judge('probe', [{ program: 'redirect', atLeast: 'requests' }], {
      traffic,
      runs: new Map(count === 0 ? [] : [['redirect', count]]),
    }).map(({ holds }) => holds)
  t.deepEqual([runsHold(990), runsHold(989), runsHold(0)], [[true], [false], [false]])
})

test('only rules on runs of programs ask the kernel to count them', (t) => {
  t.deepEqual(needsOfRules(rules), ['run-counts'])
  t.true(isJudgedBy('probe', rules))
  const others = rules.filter((rule) => !('program' in rule))
  t.deepEqual(needsOfRules(others), [])
  t.false(isJudgedBy('probe', others))
})

test('counters are found on both sides of a rule, with the key that they stand under', (t) => {
  t.deepEqual(
    countersOfRules(rules).map(({ namespace, text, index, key }) => [namespace, text, index, key]),
    [
      ['netns-2', 'Ip.ForwDatagrams', 0, 'counter'],
      ['a', 'Udp.InDatagrams', 1, 'atLeast'],
    ],
  )
})

const words: [ProofRule, string][] = [
  [{ counter: 'a/Ip.InReceives', equals: '0' }, 'a/Ip.InReceives stays as it is'],
  [{ counter: 'a/Ip.InReceives', equals: 'requests' }, 'a/Ip.InReceives grows by requests'],
  [{ counter: 'a/Ip.InReceives', atLeast: 'requests' }, 'a/Ip.InReceives grows by at least requests'],
  [{ program: 'redirect', equals: '0' }, 'runs of redirect grow by 0'],
  [{ program: 'redirect', atMost: 'replies' }, 'runs of redirect grow by at most replies'],
  [{ flows: 'sticky' }, 'every flow stays with its server'],
  [{ flows: 'balanced' }, 'every server gets its share of the flows'],
  [{ lost: 'none' }, 'no packet and no HTTP request is lost'],
  [{ lost: { atMost: '0.1%' } }, 'at most 0.1% of packets and of HTTP requests are lost'],
  [{ order: 'kept' }, 'packets stay in order'],
  [{ reordered: 'none' }, 'packets stay in order'],
  [{ reordered: { atMost: '1%' } }, 'at most 1% of packets lose their place'],
  [{ duplicates: 'none' }, 'no packet arrives twice'],
  [{ duplicates: { atMost: '1%' } }, 'at most 1% of packets arrive twice'],
]

test('every rule is told in words', (t) => {
  for (const [rule, text] of words) t.is(claimOf(rule).words, text)
})
