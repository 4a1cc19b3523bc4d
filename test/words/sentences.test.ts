import test from 'ava'

import { comparisonSentence, type RouterCost } from '../../src/words/sentences.ts'
import { testUnit } from '../../src/words/test-words.ts'
import { comparison } from './made-up-comparison.ts'

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
  comparisonSentence(gain, { routerCost: routerCost(0.73, 0.7, 0.76) }),
  "redirect delivers 6.0 % more packets per second than stack (95 %: 5.6 to 6.4 %), and takes 27 % off the router's own cost",
)
test(
  'a router made dearer is said so',
  says,
  comparisonSentence(comparison('throughputPps', 'slower', [0.95, 0.946, 0.954]), {
    routerCost: routerCost(1.12, 1.1, 1.15),
  }),
  "redirect delivers 5.0 % fewer packets per second than stack (95 %: 4.6 to 5.4 %), and adds 12 % to the router's own cost",
)
test(
  'a router cost whose interval holds 1 is not spoken of',
  says,
  comparisonSentence(gain, { routerCost: routerCost(0.97, 0.92, 1.02) }),
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
  comparisonSentence(gain, { routerCost: routerCost(0.73, 0.7, 0.76), middle: 'balancer' }),
  "redirect delivers 6.0 % more packets per second than stack (95 %: 5.6 to 6.4 %), and takes 27 % off the balancer's own cost",
)
test(
  'less CPU time is said of the sender',
  says,
  comparisonSentence(comparison('costNs', 'faster', [0.943, 0.94, 0.946])),
  'redirect costs the sender 5.7 % less CPU time per packet delivered than stack (95 %: 5.4 to 6.0 %)',
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
  'redirect may differ from stack in median round trip by −0.4 to +1.6 %: too uncertain to say; more blocks would narrow it',
)
test(
  'an interval over the edge of the margin only is not clear of it',
  says,
  comparisonSentence(comparison('rttNs.p50', 'inconclusive', [1.012, 1.004, 1.02])),
  'redirect differs from stack in median round trip by +0.4 to +2.0 %: not clear of ±1 %; more blocks would narrow it',
)
const weak = { pValue: 0.03, adjustedPValue: 0.09 }
const byRounds = 'sign flips of 10 rounds: all combinations'
const byBlocks = 'sign flips of 39 blocks, as if rounds did not differ: 9999 drawn'

test(
  'a clear interval with a weak test is not a finding, and no p-value is shown',
  says,
  comparisonSentence(
    comparison('rttNs.p50', 'inconclusive', [1.04, 1.03, 1.05], { ...weak, pValueMethod: byRounds }),
  ),
  'redirect differs from stack in median round trip by +3.0 to +5.0 %: it shows in some rounds and not in others, so that chance cannot be ruled out; more rounds would settle it',
)
test(
  'a weak test by blocks says that it went by them',
  says,
  comparisonSentence(
    comparison('rttNs.p50', 'inconclusive', [1.04, 1.03, 1.05], { ...weak, pValueMethod: byBlocks }),
  ),
  'redirect differs from stack in median round trip by +3.0 to +5.0 %: it shows in some blocks and not in others (rounds were too few to test by), so that chance cannot be ruled out; more rounds would settle it',
)
test(
  'a finding that was tested by blocks says so',
  says,
  comparisonSentence({ ...gain, pValueMethod: byBlocks }),
  'redirect delivers 6.0 % more packets per second than stack (95 %: 5.6 to 6.4 %; tested block by block, as rounds were too few)',
)
test(
  'a finding that was tested by rounds needs no word about it',
  says,
  comparisonSentence({ ...gain, pValueMethod: byRounds }),
  'redirect delivers 6.0 % more packets per second than stack (95 %: 5.6 to 6.4 %)',
)
test(
  'a finding that could not be tested says so',
  says,
  comparisonSentence({
    ...gain,
    pValue: null,
    adjustedPValue: null,
    pValueMethod: 'no test: 6 blocks are too few',
  }),
  'redirect delivers 6.0 % more packets per second than stack (95 %: 5.6 to 6.4 %; not tested, as blocks were too few)',
)
test('by what a test went is read out of its method, of runs of earlier versions too', (t) => {
  const unitOf = (pValueMethod: string) => testUnit({ pValueMethod, adjustedPValue: 0.01 })
  t.is(unitOf('sign flips of 10 rounds: all combinations'), 'round')
  t.is(unitOf('sign flips of 32 blocks, as if rounds did not differ: 10000 drawn'), 'block')
})
test(
  'a withheld verdict says why, whatever the interval',
  says,
  comparisonSentence(
    comparison('costNs', 'inconclusive', [0.73, 0.72, 0.74], {
      withheld: 'on redirect 48 % of the packets were received by another CPU than the sender’s.',
    }),
  ),
  'redirect differs from stack in sender CPU time per packet delivered by −28.0 to −26.0 %, and no verdict is given: on redirect 48 % of the packets were received by another CPU than the sender’s',
)
test(
  'an interval inside the margin beside a control that is not equivalent says that it is for the control',
  says,
  comparisonSentence(comparison('costNs', 'inconclusive', [1.001, 0.997, 1.005])),
  'redirect may differ from stack in sender CPU time per packet delivered by −0.3 to +0.5 %: inside ±1 %, but the control was not found equivalent to the baseline either, so nothing is called equivalent',
)
for (const verdict of ['faster', 'equivalent', 'inconclusive'] as const)
  test(`what was lost stands behind a sentence that says ${verdict}`, (t) => {
    const delivery = ", while it lost 0.8 % of the flood's packets (1 % allowed)"
    t.true(
      comparisonSentence(comparison('rttNs.p50', verdict, [1.06, 1.05, 1.07]), { delivery }).endsWith(
        delivery,
      ),
    )
  })
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
