import test from 'ava'
import {
  describeFinding,
  judgeBalance,
  judgeCounters,
  judgeRuns,
  sumFindings,
} from '../../src/datapath/proof.ts'
import { addTraffic, noTraffic, type Traffic } from '../../src/parts/traffic.ts'
import type { ProofRule } from '../../src/scenario/schema.ts'

/** 1000 requests and 100 replies; ten of each were lost on the way. */
const traffic: Traffic = {
  requestsSent: 1000,
  requestsReceived: 990,
  repliesSent: 100,
  repliesReceived: 90,
  moved: 0,
}

const judged = (rule: ProofRule, count: number) =>
  judgeCounters([rule], {
    traffic,
    counters: new Map([['netns-2', new Map([['Ip.ForwDatagrams', count]])]]),
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

test('at most has no lower bound', (t) => {
  const rule: ProofRule = { counter: 'netns-2/Ip.ForwDatagrams', atMost: 'requests' }
  t.true(judged(rule, 0).holds)
  t.true(judged(rule, 1000).holds)
  t.false(judged(rule, 1001).holds)
  t.is(describeFinding(judged(rule, 1001)).expected, 'at most 1000 (requests)')
})

test('a counter that is not there breaks a rule on either side of it, whatever the relation', (t) => {
  const rules: ProofRule[] = [
    { counter: 'netns-2/Ip.ForwDatagrams', atMost: 'netns-2/Ip.Nothing' },
    { counter: 'netns-2/Ip.ForwDatagrams + netns-2/Ip.Nothing', atLeast: '0' },
  ]
  for (const rule of rules) {
    const { holds, problem } = judged(rule, 7)
    t.false(holds)
    t.is(problem, 'no counter "Ip.Nothing" in netns-2 (there: Ip.ForwDatagrams)')
  }
})

test('a counter that the kernel does not have proves nothing, not even that it stayed at 0', (t) => {
  const [finding] = judgeCounters([{ counter: 'netns-2/Ip.ForwardedDatagrams', equals: '0' }], {
    traffic,
    counters: new Map([['netns-2', new Map([['Ip.ForwDatagrams', 0]])]]),
  })
  t.deepEqual(describeFinding(finding!), {
    what: 'netns-2/Ip.ForwardedDatagrams',
    expected: 'none',
    observed:
      'no counter "Ip.ForwardedDatagrams" in netns-2; did you mean "Ip.ForwDatagrams"? (there: Ip.ForwDatagrams)',
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
    traffic: { ...noTraffic, requestsSent: 5, requestsReceived: 5 },
    counters: new Map(),
  })
  t.is(describeFinding(finding!).expected, '5 (requests)')
})

test('counters are summed on both sides, and one may be expected to equal others', (t) => {
  const rule: ProofRule = {
    counter: 'a/Udp.InDatagrams + b/Udp.InDatagrams',
    equals: 'client/Ip.OutRequests + requests',
  }
  const counters = (a: number, b: number, out: number) =>
    new Map([
      ['a', new Map([['Udp.InDatagrams', a]])],
      ['b', new Map([['Udp.InDatagrams', b]])],
      ['client', new Map([['Ip.OutRequests', out]])],
    ])
  const holds = (a: number, b: number, out: number) =>
    judgeCounters([rule], { traffic, counters: counters(a, b, out) })[0]!.holds
  t.true(holds(500, 540, 50))
  t.true(holds(500, 550, 50))
  t.false(holds(500, 551, 50))
  t.false(holds(500, 539, 50))
})

test('a packet that leaves its flow’s server breaks the rule against it', (t) => {
  const judge = (moved: number) =>
    judgeCounters([{ flows: 'sticky' }], {
      traffic: { ...noTraffic, moved },
      counters: new Map(),
    }).map(({ what, holds }) => [what, holds])
  const what = "packets that came to another server than their flow's first"
  t.deepEqual(judge(0), [[what, true]])
  t.deepEqual(judge(2), [[what, false]])
})

test('flows are balanced while chance alone would divide them so', (t) => {
  const judge = (...flows: number[]) =>
    judgeBalance(
      [{ flows: 'balanced' }],
      flows.map((count, index) => ({ namespace: `server-${index}`, flows: count })),
    ).map((finding) => finding.holds)
  // 640 flows on two servers: 258 to 382 each, but for one run in a million.
  t.deepEqual(judge(320, 320), [true, true])
  t.deepEqual(judge(258, 382), [true, true])
  t.deepEqual(judge(257, 383), [false, false])
  // No load has been put on the path: there is nothing to judge.
  t.deepEqual(judge(0, 0), [])
  t.deepEqual(judgeBalance([{ flows: 'sticky' }], [{ namespace: 'a', flows: 0 }]), [])
})

test('traffic adds up', (t) => {
  t.deepEqual(addTraffic(noTraffic, traffic), traffic)
  t.deepEqual(addTraffic(traffic, traffic), {
    requestsSent: 2000,
    requestsReceived: 1980,
    repliesSent: 200,
    repliesReceived: 180,
    moved: 0,
  })
})
