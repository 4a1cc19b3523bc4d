import test from 'ava'
import { judge } from '../../../src/parts/proofs/claims.ts'
import { describeRule } from '../../../src/parts/proofs/checked-rule.ts'
import type { ProofRule } from '../../../src/parts/proofs/schema.ts'
import { noTraffic } from '../../../src/parts/traffic.ts'
import { forwarded, judged, traffic } from './judged.ts'

test('what was received was counted, and what was lost may have been', (t) => {
  const rule = forwarded('requests + replies')
  t.false(judged(rule, 1079).holds)
  t.true(judged(rule, 1080).holds)
  t.true(judged(rule, 1100).holds)
  t.false(judged(rule, 1101).holds)
})

test('packets that the kernel may carry as one are counted as so many, or each', (t) => {
  const seen = (count: number) =>
    judge('round', [forwarded('requests')], {
      traffic: { ...traffic, merged: 900 },
      counters: new Map([['netns-2', new Map([['Ip.ForwDatagrams', count]])]]),
    })[0]!
  t.deepEqual(
    [89, 90, 500, 1000, 1001].map((count) => seen(count).holds),
    [false, true, true, true, false],
  )
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
  t.is(describeRule(judged(rule, 1001)).expected, 'at most 1000 (requests)')
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
  const [finding] = judge('round', [{ counter: 'netns-2/Ip.ForwardedDatagrams', equals: '0' }], {
    traffic,
    counters: new Map([['netns-2', new Map([['Ip.ForwDatagrams', 0]])]]),
  })
  t.deepEqual(describeRule(finding!), {
    what: 'netns-2/Ip.ForwardedDatagrams',
    expected: 'none',
    observed:
      'no counter "Ip.ForwardedDatagrams" in netns-2; did you mean "Ip.ForwDatagrams"? (there: Ip.ForwDatagrams)',
    holds: false,
  })
})

test('the counter of a device is found by its name behind the namespace', (t) => {
  const [finding] = judge('round', [{ counter: 'netns-2/veth2@1.txPackets', atLeast: 'requests' }], {
    traffic,
    counters: new Map([['netns-2', new Map([['veth2@1.txPackets', 1000]])]]),
  })
  t.true(finding!.holds)
})

test('without loss a finding expects one number', (t) => {
  const [finding] = judge('round', [forwarded('requests')], {
    traffic: { ...noTraffic, requestsSent: 5, requestsReceived: 5 },
    counters: new Map(),
  })
  t.is(describeRule(finding!).expected, '5 (requests)')
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
    judge('round', [rule], { traffic, counters: counters(a, b, out) })[0]!.holds
  t.true(holds(500, 540, 50))
  t.true(holds(500, 550, 50))
  t.false(holds(500, 551, 50))
  t.false(holds(500, 539, 50))
})

test('a counter of one protocol is set against the packets of that alone, any other against those of both', (t) => {
  const seen = {
    traffic: {
      ...noTraffic,
      ...{ requestsSent: 5, requestsReceived: 5 },
      tcp: { requests: { least: 3, most: 7 }, replies: { least: 0, most: 0 } },
    },
    counters: new Map([
      ['netns-3', new Map(Object.entries({ 'Udp.InDatagrams': 5, 'Tcp.InSegs': 4, 'Ip.InReceives': 9 }))],
    ]),
  }
  const boundsOf = (counter: string) => {
    const [finding] = judge('round', [{ counter: `netns-3/${counter}`, equals: 'requests' }], seen)
    return [finding!.least, finding!.most, finding!.holds]
  }
  t.deepEqual(boundsOf('Udp.InDatagrams'), [5, 5, true])
  t.deepEqual(boundsOf('Tcp.InSegs'), [3, 7, true])
  t.deepEqual(boundsOf('Ip.InReceives'), [8, 12, true])
})
