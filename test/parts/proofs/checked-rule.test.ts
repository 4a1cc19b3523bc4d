import test from 'ava'
import { describeRule, type CheckedRule, sumRounds } from '../../../src/parts/proofs/checked-rule.ts'
import { forwarded, judged } from './judged.ts'

test('rounds are added up, and a rule holds if it held in every one', (t) => {
  const rule = forwarded('requests')
  const [sum, ...others] = sumRounds([[judged(rule, 1000)], [judged(rule, 0)], [judged(rule, 1000)]])
  t.deepEqual(others, [])
  t.deepEqual([sum?.least, sum?.most, sum?.observed, sum?.holds], [2970, 3000, 2000, false])
})

test('a counter that was gone in one round of several is told', (t) => {
  const gone = judged({ counter: 'netns-2/Ip.Nothing', equals: 'requests' }, 0)
  const there: CheckedRule = { ...judged(forwarded('requests'), 1000), what: gone.what }
  const [sum] = sumRounds([[there], [gone]])
  t.deepEqual(describeRule(sum!), {
    what: 'netns-2/Ip.Nothing',
    expected: '1980 to 2000 (requests)',
    observed: 'no counter "Ip.Nothing" in netns-2 (there: Ip.ForwDatagrams)',
    holds: false,
  })
})

test('rules on one counter stay apart where they ask for different things', (t) => {
  const summed = sumRounds([[judged(forwarded('requests'), 1000), judged(forwarded('replies'), 1000)]])
  t.deepEqual(
    summed.map(({ amount, holds }) => [amount, holds]),
    [
      ['requests', true],
      ['replies', false],
    ],
  )
})

test('a finding is told in numbers and in the words of the rule', (t) => {
  const what = 'netns-2/Ip.ForwDatagrams'
  t.deepEqual(describeRule(judged(forwarded('requests + replies'), 1100)), {
    what,
    expected: '1080 to 1100 (requests + replies)',
    observed: '1100',
    holds: true,
  })
  t.deepEqual(describeRule(judged(forwarded('0'), 7)), {
    what,
    expected: 'none',
    observed: '7',
    holds: false,
  })
  t.is(describeRule(judged({ counter: what, atLeast: 'requests' }, 5)).expected, 'at least 990 (requests)')
})
