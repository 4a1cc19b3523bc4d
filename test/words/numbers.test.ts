import test from 'ava'

import {
  formatBytes,
  formatChange,
  formatChangeRange,
  formatCount,
  formatCountWord,
  formatDuration,
  formatInstant,
  formatInterval,
  formatMargin,
  formatNumber,
  formatPValue,
  formatRate,
  formatShare,
  formatValue,
  percentDigits,
} from '../../src/words/numbers.ts'

const reads = test.macro((t, actual: string, expected: string) => {
  t.is(actual, expected)
})

test('a nanosecond has three significant digits', reads, formatDuration(5), '5.00 ns')
test('a duration changes unit at a thousand', reads, formatDuration(25_340), '25.3 µs')
test('a duration that rounds up to a thousand takes the next unit', reads, formatDuration(999.9), '1.00 µs')
test('a long duration is in seconds', reads, formatDuration(14.9e9), '14.9 s')
test('a very long duration stays in seconds', reads, formatDuration(1234e9), '1234 s')
test('next to no duration', reads, formatDuration(1e-300), '0 ns')
test('decimals without number', reads, formatNumber(1e-300, 302), '0.00000000000000000000')
test('no duration', reads, formatDuration(0), '0 ns')
test('a rate in thousands', reads, formatRate(180_123), '180 kpps')
test('a rate in millions', reads, formatRate(1_104_000), '1.10 Mpps')
test('a rate of requests', reads, formatValue('rps', 24_312), '24.3 kreq/s')
test('a low rate of requests', reads, formatValue('rps', 812), '812 req/s')
test('a small count in words', reads, formatCountWord(4), 'four')
test('a greater count in figures', reads, formatCountWord(12), '12')
test('memory', reads, formatBytes(8 * 2 ** 30), '8.00 GiB')
test('a count has its thousands apart', reads, formatCount(1_234_567), '1,234,567')
test('a share', reads, formatShare(0.1234), '12.3 %')
test('a gain is signed', reads, formatChange(1.06), '+6.0 %')
test('a loss has a true minus', reads, formatChange(0.943), '−5.7 %')
test('no change has no sign', reads, formatChange(0.99999), '0.0 %')
test('a range of changes', reads, formatChangeRange(0.996, 1.016), '−0.4 to +1.6 %')
test('a margin without idle zeros', reads, formatMargin(0.01), '±1 %')
test('a margin with decimals', reads, formatMargin(0.0234), '±2.3 %')
test('a tiny margin', reads, formatMargin(0.0005), '±0.05 %')
test('a wide margin is the band it stands for', reads, formatMargin(0.24), '−19 to +24 %')
test('a loss ratio is a percentage', reads, formatValue('ratio', 0.0125), '1.250 %')
test('an unknown unit is kept', reads, formatValue('bytes', 12), '12.0 bytes')
test('a p-value of zero is never written', reads, formatPValue(0), '< 0.001')
test('a small p-value has two digits', reads, formatPValue(0.0321), '0.032')
test('a large p-value has two decimals', reads, formatPValue(0.4149), '0.41')
test('a p-value just below a tenth', reads, formatPValue(0.0999), '0.10')
test('a missing p-value', reads, formatPValue(null), 'none')
test('an instant is in UTC', reads, formatInstant('2026-11-12T14:03:12Z'), '12 November 2026 at 14:03 UTC')

test('the ends of a narrow interval can be told from its point', (t) => {
  t.deepEqual(formatInterval('pps', { estimate: 180_123, low: 180_090, high: 180_160 }), {
    value: '180.12 kpps',
    range: '180.09 to 180.16 kpps',
  })
})

test('the ends of an interval have the unit of its point', (t) => {
  t.deepEqual(formatInterval('ns', { estimate: 1_010, low: 990, high: 1_030 }), {
    value: '1.01 µs',
    range: '0.99 to 1.03 µs',
  })
})

test('an estimate of zero has an interval of zeros', (t) => {
  t.deepEqual(formatInterval('ratio', { estimate: 0, low: 0, high: 0 }), {
    value: '0.00 %',
    range: '0.00 to 0.00 %',
  })
})

test('an estimate without an interval has no range', (t) => {
  t.deepEqual(formatInterval('ns', { estimate: 826, low: null, high: null }), {
    value: '826 ns',
    range: undefined,
  })
})

test('a percentage has as many decimals as its interval deserves', (t) => {
  t.is(percentDigits(0.7, 0.76), 0)
  t.is(percentDigits(1.056, 1.064), 1)
  t.is(percentDigits(1.0595, 1.0605), 2)
  t.is(percentDigits(null, null), 1)
})
