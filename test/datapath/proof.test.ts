import test from 'ava'
import {
  addTraffic,
  describeFinding,
  judgeCounters,
  judgeRuns,
  noTraffic,
  sumFindings,
  type Traffic,
} from '../../src/datapath/proof.ts'
import type { ProofRule } from '../../src/scenario/schema.ts'

/** 1000 requests and 100 replies; ten of each were lost on the way. */
const traffic: Traffic = {
  requestsSent: 1000,
  requestsReceived: 990,
  repliesSent: 100,
  repliesReceived: 90,
}

const judged = (rule: ProofRule, observed: number) =>
  judgeCounters([rule], {
    traffic,
    counters: new Map([['netns-2', new Map([['Ip.ForwDatagrams', observed]])]]),
  })[0]!

const forwarded = (equals: string): ProofRule => ({ counter: 'netns-2/Ip.ForwDatagrams', equals })

test('what was received was counted, and what was lost may have been', (t) => {
  const rule = forwarded('requests + replies')
  t.false(judged(rule, 1079).holds)
  t.true(judged(rule, 1080).holds)
  t.true(judged(rule, 1100).holds)
  t.false(judged(rule, 1101).holds)
})

test('requests and replies can be told apart', (t) => {
  t.true(judged(forwarded('requests'), 1000).holds)
  t.false(judged(forwarded('requests'), 1100).holds)
  t.true(judged(forwarded('replies'), 95).holds)
  t.false(judged(forwarded('replies'), 0).holds)
})

test('none is none', (t) => {
  t.true(judged(forwarded('0'), 0).holds)
  t.false(judged(forwarded('0'), 1).holds)
})

test('at least has no upper bound', (t) => {
  const rule: ProofRule = { counter: 'netns-2/Ip.ForwDatagrams', atLeast: 'requests' }
  t.false(judged(rule, 989).holds)
  t.true(judged(rule, 99_999).holds)
})

test('a counter that the kernel does not have proves nothing, not even that it stayed at 0', (t) => {
  const [finding] = judgeCounters([{ counter: 'netns-2/Ip.ForwardedDatagrams', equals: '0' }], {
    traffic,
    counters: new Map([['netns-2', new Map([['Ip.ForwDatagrams', 0]])]]),
  })
  t.deepEqual(describeFinding(finding!), {
    what: 'netns-2/Ip.ForwardedDatagrams',
    expected: 'none',
    observed: 'no such counter',
    holds: false,
  })
})

test('the counter of a device is found by its name behind the namespace', (t) => {
  const [finding] = judgeCounters([{ counter: 'netns-2/veth2@1.txPackets', atLeast: 'requests' }], {
    traffic,
    counters: new Map([['netns-2', new Map([['veth2@1.txPackets', 1000]])]]),
  })
  t.true(finding!.holds)
})

test('rules on counters and on runs are judged apart', (t) => {
  const rules: ProofRule[] = [forwarded('requests'), { program: 'redirect', atLeast: 'requests' }]
  t.deepEqual(
    judgeCounters(rules, { traffic, counters: new Map() }).map(({ what }) => what),
    ['netns-2/Ip.ForwDatagrams'],
  )
  const runs = judgeRuns(rules, traffic, new Map([['redirect', 1000]]))
  t.deepEqual(
    runs.map(({ what, holds }) => [what, holds]),
    [['runs of redirect while probing', true]],
  )
  t.false(judgeRuns(rules, traffic, new Map())[0]!.holds)
})

test('rounds are added up, and a rule holds if it held in every one', (t) => {
  const rule = forwarded('requests')
  const [sum, ...others] = sumFindings([[judged(rule, 1000)], [judged(rule, 0)], [judged(rule, 1000)]])
  t.deepEqual(others, [])
  t.deepEqual([sum?.least, sum?.most, sum?.observed, sum?.holds], [2970, 3000, 2000, false])
})

test('rules on one counter stay apart where they ask for different things', (t) => {
  const findings = sumFindings([[judged(forwarded('requests'), 1000), judged(forwarded('replies'), 1000)]])
  t.deepEqual(
    findings.map(({ amount, holds }) => [amount, holds]),
    [
      ['requests', true],
      ['replies', false],
    ],
  )
})

test('a finding is told in numbers and in the words of the rule', (t) => {
  const what = 'netns-2/Ip.ForwDatagrams'
  t.deepEqual(describeFinding(judged(forwarded('requests + replies'), 1100)), {
    what,
    expected: '1080 to 1100 (requests + replies)',
    observed: '1100',
    holds: true,
  })
  t.deepEqual(describeFinding(judged(forwarded('0'), 7)), {
    what,
    expected: 'none',
    observed: '7',
    holds: false,
  })
  t.is(describeFinding(judged({ counter: what, atLeast: 'requests' }, 5)).expected, 'at least 990 (requests)')
})

test('without loss a finding expects one number', (t) => {
  const [finding] = judgeCounters([forwarded('requests')], {
    traffic: { requestsSent: 5, requestsReceived: 5, repliesSent: 0, repliesReceived: 0 },
    counters: new Map(),
  })
  t.is(describeFinding(finding!).expected, '5 (requests)')
})

test('traffic adds up', (t) => {
  t.deepEqual(addTraffic(noTraffic, traffic), traffic)
  t.deepEqual(addTraffic(traffic, traffic), {
    requestsSent: 2000,
    requestsReceived: 1980,
    repliesSent: 200,
    repliesReceived: 180,
  })
})
