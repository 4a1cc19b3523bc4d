import { join } from 'node:path'
import test from 'ava'
import type { Check } from '../../src/export/checks.ts'
import { junit } from '../../src/export/junit.ts'
import type { RunRecord } from '../../src/record/record.ts'
import {
  invalidRecord,
  lossyRecord,
  partialRecord,
  skippedRecord,
  undeliveredRecord,
  variants,
} from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { everything, headlines, laterRecord, slowerRecord } from './export-records.ts'
import { asRead, readBy, xmllint } from './real-reader.ts'

const breached: Check = {
  subject: { kind: 'gate', file: undefined, line: 3 },
  name: 'redirect.rttNs.p50.ratio <= 0.9',
  state: 'failed',
  message: 'redirect.rttNs.p50.ratio <= 0.9 is breached',
}

const counts = (record: RunRecord, gates: readonly Check[] = []): Record<string, number> =>
  Object.fromEntries(
    [...junit(record, headlines, gates).matchAll(/ (tests|failures|errors|skipped)="(\d+)"/g)].map(
      ([, what, count]) => [what!, Number(count)],
    ),
  )

test('a run in which all is well passes: it is whole, its paths are valid, its candidate is not slower', (t) => {
  t.deepEqual(counts(sampleRecord()), { tests: 11, failures: 0, errors: 0, skipped: 0 })
  const text = junit(sampleRecord(), headlines, [])
  t.true(text.includes('<testcase classname="redirect-vs-stack" name="complete" time="0"/>'))
  t.true(text.includes('<testcase classname="redirect-vs-stack.floor" name="valid" time="0"/>'))
  t.true(text.includes('<testcase classname="redirect-vs-stack.redirect" name="rttNs.p99" time="0"/>'))
})

test('with all, every metric of a candidate is a case', (t) => {
  const compared = sampleRecord().comparisons.filter(({ path }) => path === 'redirect')
  t.true(compared.length >= 26)
  t.is(
    [...junit(sampleRecord(), everything, []).matchAll(/\.redirect" name="(?!valid)/g)].length,
    compared.length,
  )
})

test('a candidate that is slower is a failure, in words', (t) => {
  t.deepEqual(counts(slowerRecord()), { tests: 11, failures: 1, errors: 0, skipped: 0 })
  const words = 'redirect delivers 5.0 % fewer packets per second than stack (95 %: 4.0 to 6.0 %)'
  t.true(
    junit(slowerRecord(), headlines, []).includes(
      `<testcase classname="redirect-vs-stack.redirect" name="throughputPps" time="0"><failure message="${words}" type="failed">${words}</failure></testcase>`,
    ),
  )
})

test('an invalid path is an error with its reason, and has no other case', (t) => {
  t.deepEqual(counts(invalidRecord()), { tests: 5, failures: 0, errors: 1, skipped: 0 })
  t.regex(
    junit(invalidRecord(), headlines, []),
    /name="valid" time="0"><error message="redirect is invalid and gets no verdict: netns-2 forwarded 1\.000/,
  )
})

test('a path that delivered nothing of a load is an error, whatever its status, and passes in no metric', (t) => {
  t.deepEqual(counts(undeliveredRecord()), { tests: 5, failures: 0, errors: 1, skipped: 0 })
  const text = junit(undeliveredRecord(), headlines, [])
  t.true(
    text.includes('<error message="redirect delivered none of the flood&#39;s 100,000 packets, and lacks'),
  )
  t.false(text.includes('redirect was measured, and its packets went the way it says'))
})

test('a gate that is held does not hide that a path lacks figures', (t) => {
  const held: Check = { ...breached, name: 'valid', state: 'passed', message: 'valid is held' }
  t.deepEqual(counts(undeliveredRecord(), [held]), { tests: 6, failures: 0, errors: 1, skipped: 0 })
})

test('what a path lost stands in what is said of it', (t) => {
  const text = junit(lossyRecord(), headlines, [])
  t.is([...text.matchAll(/it lost 0\.8 % of the flood&#39;s packets \(1 % allowed\)\./g)].length, 7)
})

test('a withheld verdict is undecided', (t) => {
  const record = sampleRecord()
  const comparisons = record.comparisons.map((one) => ({ ...one, withheld: 'work moved' }))
  t.deepEqual(counts({ ...record, comparisons }), { tests: 11, failures: 0, errors: 0, skipped: 6 })
})

test('a skipped path is skipped, and a partial run an error', (t) => {
  t.deepEqual(counts(skippedRecord()), { tests: 5, failures: 0, errors: 0, skipped: 1 })
  t.deepEqual(counts(partialRecord()), { tests: 11, failures: 0, errors: 1, skipped: 0 })
})

test('what is undecided is skipped, as it neither holds nor fails', (t) => {
  const record = sampleRecord()
  const comparisons = record.comparisons.map((one) => ({ ...one, verdict: 'inconclusive' as const }))
  t.deepEqual(counts({ ...record, comparisons }), { tests: 11, failures: 0, errors: 0, skipped: 6 })
})

test('gates stand in for the comparisons: slower than the baseline may be allowed', (t) => {
  const held: Check = { ...breached, name: 'valid', state: 'passed', message: 'valid is held' }
  t.deepEqual(counts(slowerRecord(), [held]), { tests: 6, failures: 0, errors: 0, skipped: 0 })
  t.deepEqual(counts(sampleRecord(), [held, breached]), { tests: 7, failures: 1, errors: 0, skipped: 0 })
  t.regex(
    junit(sampleRecord(), headlines, [breached]),
    /classname="redirect-vs-stack\.gates" name="redirect\.rttNs\.p50\.ratio &lt;= 0\.9" time="0"><failure /,
  )
})

test('characters that XML cannot have, and colours, are taken out', (t) => {
  const reason = '\u001b[31mred\u001b[0m \u0000 \ufffe \ud800 <&>"\n'
  const record = skippedRecord()
  const paths = record.paths.map((path) => (path.status === 'skipped' ? { ...path, reason } : path))
  const text = junit({ ...record, paths }, headlines, [])
  t.true(text.includes('skipped: red � � � &lt;&amp;&gt;&quot;&#10;"'))
})

const schema = join(import.meta.dirname, 'junit.xsd')

for (const [what, make] of Object.entries({
  ...variants,
  'a run that is slower': slowerRecord,
  'a run of a later version': laterRecord,
}))
  asRead(xmllint, `Ant and Jenkins take ${what}`, (t) => {
    const text = junit(make(), everything, [breached])
    const { status, stderr } = readBy(xmllint, ['--noout', '--schema', schema, '-'], text)
    t.is(status, 0, stderr)
  })

asRead(xmllint, 'the counts are those of the cases', (t) => {
  const text = junit(slowerRecord(), everything, [])
  const count = (path: string) => readBy(xmllint, ['--xpath', `string(${path})`, '-'], text).stdout.trim()
  for (const [attribute, cases] of Object.entries({
    tests: '//testcase',
    failures: '//failure',
    errors: '//error',
    skipped: '//skipped',
  }))
    t.is(count(`//testsuite/@${attribute}`), count(`count(${cases})`), attribute)
})
