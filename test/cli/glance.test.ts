import { stripVTControlCharacters } from 'node:util'
import test from 'ava'
import { glance } from '../../src/cli/terminal/glance.ts'
import { warningLine } from '../../src/cli/terminal/glance-warning.ts'
import { textWidth } from '../../src/cli/terminal/wrap.ts'
import { timeToDecideS } from '../../src/cli/terminal/time-to-decide.ts'
import type { Comparison, RunRecord } from '../../src/record/record.ts'
import { balancedRecord } from '../report/balanced-record.ts'
import {
  aloneRecord,
  candidatesRecord,
  diagnosedRecord,
  lossyRecord,
  singleBlockRecord,
  undeliveredRecord,
} from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'

const linesOf = (record: RunRecord, width = 80): string[] =>
  glance(record, width).map(stripVTControlCharacters)

const withCandidates = (count: number): RunRecord =>
  candidatesRecord(Array.from({ length: count }, (_, index) => `candidate-with-a-name-${index + 1}`))

test('a line says what was measured, one each what candidates came to, and one how noisy it was', (t) => {
  const lines = linesOf(sampleRecord())
  t.regex(lines[0] ?? '', /^redirect-vs-stack · Linux \S+ · .*UDP 18 B · 10 rounds in 19 s$/)
  t.is(lines[1], '')
  t.regex(
    lines[2] ?? '',
    /^redirect {2}faster {6}\+6\.0 % packets\/s \(\+5\.7 to \+6\.3\), router cost −27 %/,
  )
  t.regex(lines[3] ?? '', /^control {15}noise: ±0\.30 % packets\/s, /)
})

for (const [what, record] of Object.entries({
  'a usual run': sampleRecord(),
  'a balanced one': balancedRecord(),
  'one with losses': lossyRecord(),
  'one of dead paths': diagnosedRecord(),
  'one that delivered nothing': undeliveredRecord(),
  'one of a single block': singleBlockRecord(),
  'one of 7 candidates': withCandidates(7),
  'one of 30 candidates': withCandidates(30),
}))
  for (const width of [60, 80, 200])
    test(`${what} fits into ${width} columns`, (t) => {
      for (const line of [...glance(record, width), ...warningLine(record, width, process.stderr)])
        t.true(textWidth(line) <= width, line)
    })

test('up to seven candidates take at most 24 lines, thirty at most 45', (t) => {
  t.true(linesOf(withCandidates(7)).length <= 18)
  t.true(linesOf(withCandidates(30)).length <= 38)
})

test('many candidates are a table of short cells', (t) => {
  const lines = linesOf(withCandidates(9))
  t.regex(lines[2] ?? '', /^ +router {2,}packets {2,}RTT {2,}RTT {2,}paced {2,}paced$/)
  t.regex(lines[3] ?? '', /^ +cost {2,}\/s {2,}p50 {2,}p99 {2,}p50 {2,}p90$/)
  t.regex(lines[4] ?? '', /^candidate-with-a-na… +\S+ ns +\+6\.0 %▲ +−?\S+ %▲/)
  t.is(lines.filter((line) => line.startsWith('candidate-')).length, 9)
})

test('what speaks against the first figure comes second', (t) => {
  const comparisons = sampleRecord().comparisons.map((one): Comparison =>
    one.path === 'redirect' && one.metric === 'rttNs.p50'
      ? { ...one, verdict: 'slower', ratio: { ...one.ratio, estimate: 1.2, low: 1.19, high: 1.21 } }
      : one,
  )
  t.regex(linesOf({ ...sampleRecord(), comparisons })[2] ?? '', /^redirect {2}mixed .*\), \+20\.0 % p50 RTT/)
})

test('why a verdict is withheld is told, and counts as nothing that time would decide', (t) => {
  const reason = 'the path moves work to other CPUs, which the sender is not charged for'
  const comparisons = sampleRecord().comparisons.map((one): Comparison =>
    one.path === 'redirect' && one.metric === 'costNs' ? { ...one, withheld: reason } : one,
  )
  const lines = linesOf({ ...sampleRecord(), comparisons })
  t.deepEqual(lines.slice(4), [
    'no verdict on sender CPU of redirect: the path moves work to other CPUs, which',
    'the sender is not charged for',
  ])
  t.notRegex(lines[2] ?? '', /sender CPU/)
})

test('of many candidates, too, what one lost stands beside its figures', (t) => {
  const lossy = lossyRecord().paths.find(({ name }) => name === 'redirect')!
  const many = withCandidates(9)
  const paths = many.paths.map((path) => (path.name.endsWith('-3') ? { ...lossy, name: path.name } : path))
  t.regex(linesOf({ ...many, paths }, 100)[6] ?? '', /^candidate-with-a-na… +lost 0\.8 % +\S+ ns +\+6\.0 %▲/)
})

test('what a path lost comes before its figures', (t) => {
  t.regex(linesOf(lossyRecord())[2] ?? '', /^redirect {2}faster {6}lost 0\.8 %, \+6\.0 % packets\/s/)
})

test('why a path is dead is told, with likely causes before the hops; that nothing was concluded comes first', (t) => {
  const lines = linesOf(diagnosedRecord())
  t.deepEqual(lines.slice(2, 7), [
    'Nothing was concluded: redirect is invalid.',
    'redirect  invalid     netns-3 received none of 3,200 packets.',
    '                      likely: no XDP program at the veth peer of veth2@1',
    '                      netns-2 veth1@2 received 3,200 frames',
    '                      netns-3 veth2@2 received none',
  ])
})

test('long reasons are broken between words, and many dead paths share the room there is', (t) => {
  const record = diagnosedRecord()
  const dead = record.paths.find(({ name }) => name === 'redirect')!
  const reason = 'its program was refused by the verifier, '.repeat(9)
  const names = ['one', 'other', 'third', 'fourth', 'fifth', 'sixth']
  const paths = [
    ...record.paths.filter(({ name }) => name !== 'redirect'),
    ...names.map((name) => ({ ...dead, name, reason })),
  ]
  const lines = linesOf({ ...record, paths })
  t.true(lines.length <= 18)
  for (const name of names)
    t.true(
      lines.some((line) => line.startsWith(`${name} `)),
      name,
    )
})

test('what is undecided is told in one line, with the time that would decide', (t) => {
  const undecided = (one: Comparison): Comparison => ({
    ...one,
    verdict: 'inconclusive',
    margin: 0.01,
    ratio: { ...one.ratio, estimate: 1.02, low: 1.005, high: 1.035 },
  })
  const comparisons = sampleRecord().comparisons.map((one) =>
    one.metric === 'rttNs.p99' ? undecided(one) : one,
  )
  const record = { ...sampleRecord(), comparisons }
  const last = linesOf(record).at(-1) ?? ''
  t.regex(last, /^undecided: 1 of 6 \(p99 RTT\); --max-time \d+s would likely decide 1$/)
  const [, seconds] = /--max-time (\d+)s/.exec(last) ?? []
  const measuredS = record.settings.roundTimeS * record.settings.rounds
  // The interval has to become half as wide, and a fifth more for safety: some three times the length.
  t.true(Number(seconds) >= 3 * measuredS && Number(seconds) <= 3.5 * measuredS + 60)
})

test('where the estimate stands at the margin itself, no length is named', (t) => {
  const [one] = sampleRecord().comparisons
  const ratio = { ...one!.ratio, estimate: 1.01, low: 1, high: 1.02 }
  t.is(timeToDecideS({ ...one!, margin: 0.01, ratio }, sampleRecord()), undefined)
})

test('of a path by itself its own figures are told, and how well they are known', (t) => {
  const lines = linesOf(aloneRecord(), 100)
  t.regex(lines[2] ?? '', /^stack {16}[\d.]+ kpps packets\/s \(±[\d.]+ %\), [\d.]+ µs sender CPU \(±/)
  t.regex(lines[3] ?? '', /^control {14}noise: /)
  t.is(lines.length, 4)
})

test('of warnings the gravest is told, and how many kinds there are besides', (t) => {
  const warnings = [
    { code: 'control-not-equivalent', message: 'a' },
    {
      code: 'steal',
      message: 'the hypervisor took 20.0 % of CPU time: intervals are wider for it; and so on',
    },
  ]
  const told = (some: RunRecord['warnings']) =>
    warningLine({ ...sampleRecord(), warnings: some }, 80, process.stderr).map(stripVTControlCharacters)
  t.deepEqual(told(warnings), [
    'warning  the hypervisor took 20.0 % of CPU time: measure on a quieter host (+1)',
  ])
  t.deepEqual(told(warnings.slice(0, 1)), [
    'warning  noisy control in one metric: run longer, or on a quieter machine',
  ])
  t.deepEqual(told([]), [])
})
