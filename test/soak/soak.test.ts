import { Ajv2020 } from 'ajv/dist/2020.js'
import test from 'ava'
import { soakText } from '../../src/cli/terminal/soak-text.ts'
import { soakCsv } from '../../src/keep/rate-csv.ts'
import { soakJsonSchema } from '../../src/record/json-schema.ts'
import { type Soak, soakSchema } from '../../src/record/soak.ts'
import { stretchSOf } from '../../src/run/soak-session.ts'
import { soakedPaths } from '../../src/soak/findings.ts'
import { soakJson } from '../../src/soak/json.ts'
import { renderSoak } from '../../src/soak/page.ts'
import { soakSentences } from '../../src/soak/sentences.ts'
import { madeUpSearch, taking } from '../search/made-up-search.ts'

const {
  searchId: _id,
  goals: _goals,
  minPps: _min,
  maxPps: _max,
  results: _results,
  ...common
} = madeUpSearch({ stack: taking(400_000, 'onPath'), redirect: taking(400_000, 'onPath') }, 1)
const { maxTimeS: _time, latencies: _latencies, trials: _trials, ...atRates } = common

/** Half an hour: the median of redirect grows by 1 µs a minute, stack loses ten packets in the fourth minute. */
const minutes = Array.from({ length: 30 }, (_, minute) => minute)
const soak: Soak = {
  ...atRates,
  soakId: 'soak-20261126T100000Z-00000001',
  ...{ ratePps: 100_000, timeS: 1800, stretchS: 60 },
  stretches: minutes.flatMap((minute) =>
    ['stack', 'redirect'].map((path) => {
      const onPath = path === 'stack' && minute === 3 ? 10 : 0
      const p50Ns = path === 'redirect' ? 4000 + 1000 * minute : 5000 + (minute % 3)
      return {
        ...{ path, atS: 60 * minute, offeredS: 30, packets: 3_000_000, received: 3_000_000 - onPath },
        loss: { notOffered: 0, atSocket: 0, onPath },
        ...{ p50Ns, p90Ns: 2 * p50Ns, p99Ns: 3 * p50Ns, p999Ns: 4 * p50Ns, maxNs: 5 * p50Ns },
      }
    }),
  ),
  holdings: minutes.map((minute) => ({
    ...{ atS: 60 * (minute + 1), kernelBytes: 40 * 2 ** 20 + minute * 2 ** 20, availableBytes: 2 ** 32 },
  })),
}

test('a median that moves is said to drift, and one that does not is not', (t) => {
  const sentences = soakSentences(soak)
  t.true(
    sentences.some((one) => one.startsWith('redirect: its median delay drifts by +60.0 µs an hour')),
    sentences.join('\n'),
  )
  t.true(sentences.some((one) => one.startsWith('stack: its median delay is not known to drift')))
})

test('what moves in a short soak is told by the minute', (t) => {
  const short = { ...soak, timeS: 120 }
  t.true(
    soakSentences(short).some((one) =>
      one.startsWith('redirect: its median delay drifts by +1.00 µs a minute'),
    ),
  )
})

test('losses are told with their place and in how many stretches', (t) => {
  t.true(
    soakSentences(soak).includes(
      'stack: 10 of 90,000,000 packets did not come through, in 1 of 30 stretches: 10 on the path',
    ),
  )
  t.like(soakedPaths(soak)[0], { path: 'stack', lossyStretches: 1, stretches: 30, packets: 90_000_000 })
})

test('kernel memory that grows is told', (t) => {
  t.true(
    soakSentences(soak).some((one) =>
      /^memory of the kernel that cannot be reclaimed grows by \+60\.0 MiB an hour .* from 40\.0 MiB to 69\.0 MiB/.test(
        one,
      ),
    ),
  )
})

test('the summary fits the terminal, the page and the JSON hold it, and the record is one', async (t) => {
  t.deepEqual(
    soakText(soak, 80)
      .split('\n')
      .filter((line) => line.length > 80),
    [],
  )
  t.deepEqual(soakSchema.parse(JSON.parse(JSON.stringify(soak))), soak)
  t.regex(JSON.stringify(soakJson(soak)), /"kernelBytesPerHour"/)
  const page = await renderSoak(soak)
  t.regex(page, /redirect, stretch by stretch/)
  t.regex(page, /<svg/)
})

test('stretches are a minute, shorter in a short soak, longer in one of days: what is kept is bounded', (t) => {
  t.is(stretchSOf(3600), 60)
  t.is(stretchSOf(20), 2)
  t.is((7 * 24 * 3600) / stretchSOf(7 * 24 * 3600), 600)
})

test('of a path that is invalid no loss and no delay is said, only why', (t) => {
  const reason = 'it does not deliver what it is sent: packets that arrived more than once: 23, expected none'
  const spoilt: Soak = {
    ...soak,
    paths: soak.paths.map((path) =>
      path.name === 'redirect' ? { ...path, status: 'invalid' as const, reason } : path,
    ),
  }
  t.deepEqual(
    soakedPaths(spoilt).map(({ path }) => path),
    ['stack'],
  )
  t.deepEqual(
    soakSentences(spoilt).filter((sentence) => sentence.startsWith('redirect')),
    [`redirect: invalid: ${reason}`],
  )
  t.regex(soakText(spoilt, 100), /^redirect +invalid *$/m)
})

test('soak.csv has a row for every stretch of every path, with what the machine held at its end', (t) => {
  const [head = '', ...rows] = soakCsv(soak).trimEnd().split('\n')
  t.is(rows.length, soak.stretches.length)
  const columns = head.split(',')
  const ofFourth = Object.fromEntries(columns.map((name, place) => [name, rows[2 * 3]!.split(',')[place]]))
  t.like(ofFourth, { path: 'stack', atS: '180', onPath: '10', status: 'measured' })
  t.is(Number(ofFourth.kernelBytes), soak.holdings[3]!.kernelBytes)
})

test('a soak follows the schema that `bench schema soak` prints', (t) => {
  const isSoak = new Ajv2020({ formats: { 'date-time': true } }).compile(soakJsonSchema())
  isSoak(JSON.parse(JSON.stringify(soak)))
  t.deepEqual(isSoak.errors ?? [], [])
})
