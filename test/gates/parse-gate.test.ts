import test from 'ava'
import { GateError, parseGate } from '../../src/gates/parse-gate.ts'

const read = test.macro({
  title: (_title, text: string) => `${text} is read`,
  exec: (t, text: string, rule: object) => {
    t.deepEqual({ ...parseGate(text).rule }, rule as never)
  },
})

const ratio = (path: string, metric: string, comparator: string, limit: number) => ({
  ...{ kind: 'ratio', path, metric, comparator, limit },
})
const level = (path: string, metric: string, comparator: string, limit: number) => ({
  ...{ kind: 'level', path, metric, comparator, limit },
})

test(read, 'valid', { kind: 'valid' })
test(read, 'regression <= 3%', { kind: 'regression', limit: 0.03 })
test(read, ' regression<=0.5 % ', { kind: 'regression', limit: 0.005 })
test(read, 'redirect.throughputPps.ratio >= 1.02', ratio('redirect', 'throughputPps', '>=', 1.02))
test(read, 'redirect.forwardNs.p99.ratio <= 105%', ratio('redirect', 'forwardNs.p99', '<=', 1.05))
test(read, 'dsr-tc.costNs.ratio<=100%', ratio('dsr-tc', 'costNs', '<=', 1))
test(read, 'redirect.rttNs.p50 <= 20us', level('redirect', 'rttNs.p50', '<=', 20_000))
test(read, 'redirect.rttNs.p50 <= 20 µs', level('redirect', 'rttNs.p50', '<=', 20_000))
test(read, 'redirect.rttNs.max <= 1.5ms', level('redirect', 'rttNs.max', '<=', 1_500_000))
test(read, 'stack.throughputPps >= 300kpps', level('stack', 'throughputPps', '>=', 300_000))
test(read, 'dsr-tc.httpRps >= 25kreq/s', level('dsr-tc', 'httpRps', '>=', 25_000))
test(read, 'redirect.lossRatio <= 0.1%', level('redirect', 'lossRatio', '<=', 0.001))
test(read, 'redirect.lossRatio <= 0', level('redirect', 'lossRatio', '<=', 0))

const refused = test.macro({
  title: (_title, text: string) => `${text || 'nothing'} is refused`,
  exec: (t, text: string, column: number, message: RegExp) => {
    const error = t.throws(() => parseGate(text), { instanceOf: GateError })
    t.regex(error.message, message)
    t.is(error.offset + 1, column)
  },
})

test(refused, '', 1, /^expected "valid", "regression" or a figure .*, not the end$/)
test(refused, 'regresion <= 3%', 1, /did you mean "regression"\?$/)
test(refused, 'valid please', 7, /^expected nothing after "valid"$/)
test(refused, 'regression >= 3%', 12, /^expected "<=", as in regression <= 3%, not ">="$/)
test(refused, 'regression', 11, /^expected "<=", as in regression <= 3%, not the end$/)
test(refused, 'regression <= 3', 15, /^expected a percentage above 0 and below 100, as in 3%, not "3"$/)
test(refused, 'regression <= 0%', 15, /^expected a percentage above 0/)
test(refused, 'regression <= ', 15, /not the end$/)
test(refused, '.throughputPps >= 1pps', 1, /^expected the name of a path$/)
test(
  refused,
  'redirect.troughputPps.ratio >= 1',
  10,
  /no metric "troughputPps"; did you mean "throughputPps"\?$/,
)
test(refused, 'redirect. >= 1', 10, /^there is no metric ""$/)
test(refused, 'redirect.rttNs.p98 <= 20us', 16, /^rttNs has no "p98"; did you mean "p90"\?$/)
test(
  refused,
  'redirect.rttNs.ratio <= 1',
  16,
  /^expected which figure of rttNs: p50, p90, p99, p999, max, mean$/,
)
test(refused, 'redirect.rttNs <= 20us', 16, /^expected which figure of rttNs/)
test(
  refused,
  'redirect.costNs.rato <= 1',
  17,
  /^expected "\.ratio" or nothing after costNs, not "\.rato"; did you mean "ratio"\?$/,
)
test(refused, 'redirect.costNs.ratio.p50 <= 1', 23, /^expected nothing after "\.ratio"$/)
test(refused, 'redirect.lossRatio.ratio <= 1', 20, /^lossRatio may be 0, and has no ratio/)
test(refused, 'redirect.costNs.ratio = 1', 23, /^expected ">=" or "<=", not "="$/)
test(refused, 'redirect.costNs.ratio < 1', 23, /^expected ">=" or "<=", not "<"$/)
test(refused, 'redirect.costNs.ratio 1', 23, /^expected ">=" or "<=", not "1"$/)
test(refused, 'redirect.costNs.ratio <= one', 26, /^expected a ratio, as in 1\.02 or 102%, not "one"$/)
test(refused, 'redirect.costNs.ratio <= 5%', 26, /a ratio is path \/ baseline, so that 2 % more is 1\.02$/)
test(refused, 'redirect.costNs.ratio <= +2%', 26, /a ratio is path \/ baseline/)
test(refused, 'redirect.costNs.ratio <= 1.02us', 26, /a ratio has no unit$/)
test(refused, 'redirect.costNs.ratio <= 1e400', 26, /a ratio is path \/ baseline/)
test(refused, 'redirect.rttNs.p50 <= 20', 23, /^expected a time with its unit, as in 20us, not "20"$/)
test(refused, 'redirect.rttNs.p50 <= 20uss', 23, /did you mean "us"\?$/)
test(refused, 'redirect.rttNs.p50 <= 20kpps', 23, /^expected a time with its unit/)
test(
  refused,
  'redirect.throughputPps >= 1.02',
  27,
  /^expected a packet rate with its unit, as in 300kpps, not "1\.02"$/,
)
test(refused, 'redirect.rttNs.p50 <= -5us', 23, /no value is below 0$/)
test(refused, 'redirect.rttNs.p50 <= 20us 30us', 23, /^expected a time with its unit/)

// Words that every object of the language knows are no units, metrics or figures.
for (const word of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
  test(refused, `redirect.rttNs.p50 <= 20${word}`, 23, /^expected a time with its unit, as in 20us, not "20/)
  test(refused, `redirect.throughputPps >= 1 ${word}`, 27, /^expected a packet rate with its unit/)
  test(refused, `redirect.costNs.ratio <= 1.02${word}`, 26, /a ratio has no unit$/)
  test(refused, `redirect.${word} <= 20us`, 10, /^there is no metric "/)
  test(refused, `redirect.rttNs.${word} <= 20us`, 16, /^rttNs has no "/)
}
test(refused, 'redirect.rttNs.p50 <= 1e400us', 23, /is too large$/)
test(refused, 'redirect.rttNs.p50 <= 1e305s', 23, /is too large$/)
test(refused, 'redirect.rttNs.p50 <= NaNus', 23, /^expected a time with its unit/)
test(refused, 'redirect.rttNs.p50 <= 0x14us', 23, /^expected a time with its unit/)
