import test from 'ava'

import { comparisonHeadline, comparisonSentence, type RouterCost } from '../../src/report/words.ts'
import type { Comparison } from '../../src/results/record.ts'

const comparison = (
  metric: string,
  verdict: Comparison['verdict'],
  [estimate, low, high]: readonly [number, number | null, number | null],
  changes: Partial<Comparison> = {},
): Comparison => ({
  path: 'redirect',
  baseline: 'stack',
  metric,
  unit: 'ns',
  ratio: { estimate, low, high, confidence: 0.95, method: 'bootstrap', n: 80 },
  pValue: 0.0002,
  adjustedPValue: 0.001,
  margin: 0.01,
  verdict,
  ...changes,
})

const routerCost = (estimate: number, low: number, high: number): RouterCost => ({
  path: 'redirect',
  unit: 'ns',
  estimate: 826,
  low: 790,
  high: 862,
  method: 'bootstrap',
  n: 80,
  ratioToBaseline: { estimate, low, high, method: 'bootstrap', n: 80 },
})

const says = test.macro({
  exec: (t, sentence: string, expected: string) => t.is(sentence, expected),
  title: (title = '') => title,
})

const gain = comparison('throughputPps', 'faster', [1.06, 1.056, 1.064])

test(
  'a gain in throughput is said with its interval and the share of the router it saves',
  says,
  comparisonSentence(gain, routerCost(0.73, 0.7, 0.76)),
  "redirect delivers 6.0 % more packets per second than stack (95 %: 5.6 to 6.4 %), and takes 27 % off the router's own cost",
)
test(
  'a router made dearer is said so',
  says,
  comparisonSentence(
    comparison('throughputPps', 'slower', [0.95, 0.946, 0.954]),
    routerCost(1.12, 1.1, 1.15),
  ),
  "redirect delivers 5.0 % fewer packets per second than stack (95 %: 4.6 to 5.4 %), and adds 12 % to the router's own cost",
)
test(
  'a router cost whose interval holds 1 is not spoken of',
  says,
  comparisonSentence(gain, routerCost(0.97, 0.92, 1.02)),
  'redirect delivers 6.0 % more packets per second than stack (95 %: 5.6 to 6.4 %)',
)
test(
  'a shorter latency has the nearer end of its interval first',
  says,
  comparisonSentence(comparison('rttNs.p50', 'faster', [0.959, 0.948, 0.97])),
  "redirect's median round trip is 4.1 % shorter than stack's (95 %: 3.0 to 5.2 %)",
)
test(
  'a longer tail is said to be longer',
  says,
  comparisonSentence(comparison('pacedForwardNs.p99', 'slower', [1.3, 1.25, 1.36])),
  "redirect's 99th-percentile one-way delay under paced load is 30 % longer than stack's (95 %: 25 to 36 %)",
)
test(
  'more HTTP requests are said to be answered',
  says,
  comparisonSentence(comparison('httpRps', 'faster', [1.12, 1.115, 1.125])),
  'redirect answers 12.0 % more HTTP requests per second than stack (95 %: 11.5 to 12.5 %)',
)
test(
  'a shorter HTTP response time',
  says,
  comparisonSentence(comparison('httpLatencyNs.p50', 'faster', [0.9, 0.895, 0.905])),
  "redirect's median HTTP response time is 10.0 % shorter than stack's (95 %: 9.5 to 10.5 %)",
)
test(
  'a balancer made cheaper is called a balancer',
  says,
  comparisonSentence(gain, routerCost(0.73, 0.7, 0.76), 'balancer'),
  "redirect delivers 6.0 % more packets per second than stack (95 %: 5.6 to 6.4 %), and takes 27 % off the balancer's own cost",
)
test(
  'less CPU time is said of the sender',
  says,
  comparisonSentence(comparison('costNs', 'faster', [0.943, 0.94, 0.946])),
  'redirect costs the sender 5.7 % less CPU time per packet than stack (95 %: 5.4 to 6.0 %)',
)
test(
  'equivalence around 1 cannot be told apart',
  says,
  comparisonSentence(comparison('throughputPps', 'equivalent', [1.001, 0.997, 1.005])),
  'redirect cannot be told from stack in throughput: within ±1 %',
)
test(
  'equivalence beside 1 owns that there is a difference',
  says,
  comparisonSentence(comparison('throughputPps', 'equivalent', [1.004, 1.002, 1.006])),
  'redirect differs from stack in throughput by +0.2 to +0.6 %: inside ±1 %, so equivalent',
)
test(
  'an interval over 1 and over the margin is too uncertain',
  says,
  comparisonSentence(comparison('rttNs.p50', 'inconclusive', [1.006, 0.996, 1.016])),
  'redirect differs from stack in median round trip by −0.4 to +1.6 %: too uncertain to say; more blocks would narrow it',
)
test(
  'an interval over the edge of the margin only is not clear of it',
  says,
  comparisonSentence(comparison('rttNs.p50', 'inconclusive', [1.012, 1.004, 1.02])),
  'redirect differs from stack in median round trip by +0.4 to +2.0 %: not clear of ±1 %; more blocks would narrow it',
)
test(
  'a clear interval with a weak p-value is not a finding',
  says,
  comparisonSentence(
    comparison('rttNs.p50', 'inconclusive', [1.04, 1.03, 1.05], { pValue: 0.03, adjustedPValue: 0.09 }),
  ),
  'redirect differs from stack in median round trip by +3.0 to +5.0 %: its corrected p-value of 0.090 is too weak to say; more rounds would settle it',
)
test(
  'a point without an interval concludes nothing',
  says,
  comparisonSentence(comparison('throughputPps', 'inconclusive', [1.06, null, null])),
  'redirect delivers 6.0 % more packets per second than stack, from too few blocks for an interval: nothing can be concluded',
)
test(
  'a metric of a later version is called by its name',
  says,
  comparisonSentence(comparison('wakeups', 'slower', [1.2, 1.15, 1.25])),
  "redirect's wakeups is 20 % higher than stack's (95 %: 15 to 25 %)",
)
test('a headline of throughput', says, comparisonHeadline(gain), 'redirect is 6.0 % faster than stack')
test(
  'a headline of latency',
  says,
  comparisonHeadline(comparison('rttNs.p50', 'faster', [0.959, 0.948, 0.97])),
  "redirect's median round trip is 4.1 % shorter than stack's",
)
test(
  'a headline of equivalence',
  says,
  comparisonHeadline(comparison('throughputPps', 'equivalent', [1.001, 0.997, 1.005])),
  'redirect and stack are equivalent in throughput, within ±1 %',
)
test(
  'a headline of doubt',
  says,
  comparisonHeadline(comparison('throughputPps', 'inconclusive', [1.006, 0.996, 1.016])),
  'redirect against stack: too uncertain to say',
)
test(
  'a headline without an interval',
  says,
  comparisonHeadline(comparison('throughputPps', 'inconclusive', [1.06, null, null])),
  'redirect against stack: too few blocks to say',
)
