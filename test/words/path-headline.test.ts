import test from 'ava'
import { leadOf, outcomeOf, pathHeadline } from '../../src/words/path-headline.ts'
import type { Comparison } from '../../src/record/record.ts'
import { comparison } from './made-up-comparison.ts'

const gain = comparison('throughputPps', 'faster', [1.06, 1.056, 1.064])
const open = comparison('throughputPps', 'inconclusive', [1.006, 0.97, 1.04])
const even = comparison('throughputPps', 'equivalent', [1.001, 0.997, 1.005])
const dear = comparison('costNs', 'slower', [1.22, 1.215, 1.225])
const cheap = comparison('costNs', 'faster', [0.8, 0.795, 0.805])
const long = comparison('rttNs.p50', 'slower', [1.21, 1.205, 1.215])
const short = comparison('rttNs.p50', 'faster', [0.959, 0.954, 0.964])
const openTail = comparison('rttNs.p99', 'inconclusive', [1.02, 0.9, 1.15])

const comesTo = test.macro({
  exec: (t, comparisons: readonly Comparison[], expected: string) =>
    t.is(pathHeadline('redirect', 'stack', comparisons), expected),
  title: (title = '') => title,
})

test(
  'throughput leads where it is decided',
  comesTo,
  [gain, cheap, short, openTail],
  'redirect is 6.0 % faster than stack',
)
test(
  'where throughput is open, the decided metrics lead, the clearest first',
  comesTo,
  [open, dear, long, openTail],
  'redirect costs the sender 22.0 % more CPU time per packet delivered than stack, and its median round trip is 21.0 % longer',
)
test(
  'a regression stands beside a win',
  comesTo,
  [gain, long],
  'redirect is 6.0 % faster than stack, but its median round trip is 21.0 % longer',
)
test(
  'further regressions are counted',
  comesTo,
  [gain, dear, long, { ...long, metric: 'pacedForwardNs.p50' }],
  'redirect is 6.0 % faster than stack, but its sender CPU time per packet delivered is 22.0 % higher and 2 further metrics are worse',
)
test(
  'a win stands beside a regression',
  comesTo,
  [open, dear, short],
  'redirect costs the sender 22.0 % more CPU time per packet delivered than stack, but its median round trip is 4.1 % shorter',
)
test(
  'equal throughput does not hide what differs, on either side',
  comesTo,
  [even, cheap, long],
  "redirect and stack are equivalent in throughput, within ±1 %, but redirect's sender CPU time per packet delivered is 20.0 % lower, and its median round trip is 21.0 % longer",
)
test(
  'fewer HTTP requests are said in a sentence of their own',
  comesTo,
  [gain, comparison('httpRps', 'slower', [0.9, 0.895, 0.905])],
  'redirect is 6.0 % faster than stack, but it answers 10.0 % fewer HTTP requests per second',
)
test(
  'equivalence is a headline where nothing differs',
  comesTo,
  [open, comparison('costNs', 'equivalent', [1.001, 0.997, 1.005]), openTail],
  'redirect and stack are equivalent in sender CPU time per packet delivered, within ±1 %',
)
test(
  'where nothing is decided it says in how many metrics',
  comesTo,
  [open, openTail],
  'redirect against stack: too uncertain to say in all 2 metrics',
)
test(
  'a single open metric is named',
  comesTo,
  [open],
  'redirect against stack: too uncertain to say in throughput',
)
test(
  'without intervals there are too few blocks',
  comesTo,
  [comparison('throughputPps', 'inconclusive', [1.06, null, null])],
  'redirect against stack: too few blocks to say',
)
test(
  'a withheld verdict is no uncertainty',
  comesTo,
  [{ ...open, withheld: 'work moved to another CPU' }],
  'redirect against stack: no verdict is given: work moved to another CPU',
)

test('a verdict that is withheld decides nothing', (t) => {
  const withheld = { ...gain, withheld: 'work moved to another CPU' }
  t.is(leadOf([withheld]), undefined)
  t.is(leadOf([withheld, short]), short)
  t.is(outcomeOf([withheld]), 'inconclusive')
})

test('a path is mixed where one metric is better and another worse', (t) => {
  t.is(outcomeOf([gain, long]), 'mixed')
  t.is(outcomeOf([gain, even]), 'faster')
  t.is(outcomeOf([even, long]), 'slower')
  t.is(outcomeOf([even, openTail]), 'equivalent')
})
