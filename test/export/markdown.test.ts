import test from 'ava'
import type { Check } from '../../src/export/checks.ts'
import { markdown } from '../../src/export/markdown.ts'
import { escapeMarkdown, foldedMarkdown, inlineCode } from '../../src/export/markdown-text.ts'
import {
  diagnosedRecord,
  invalidRecord,
  lossyRecord,
  partialRecord,
  singleBlockRecord,
  variants,
} from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { everything, headlines, laterRecord, slowerRecord } from './export-records.ts'

const lines = (text: string): string[] => text.split('\n')

test('the finding stands first, then a row a metric', (t) => {
  const text = lines(markdown(sampleRecord(), headlines, []))
  t.deepEqual(text.slice(0, 8), [
    "### TC ingress redirect against the kernel's own forwarding",
    '',
    '**redirect is 6.0 % faster than stack**',
    '',
    '|  | stack | redirect | difference | 95 % interval | verdict |',
    '| :-- | --: | --: | --: | --: | :-- |',
    '| throughput | 180 kpps | 191 kpps | +6.0 % | +5.7 to +6.3 % | faster |',
    '| sender CPU time per packet delivered | 5.40 µs | 5.09 µs | −5.7 % | −6.0 to −5.4 % | faster |',
  ])
  t.true(text.some((line) => line.startsWith('Check: control and stack are the same path, and ')))
})

test('slower stands out', (t) => {
  t.regex(markdown(slowerRecord(), headlines, []), /\| −5\.0 % \| −6\.0 to −4\.0 % \| \*\*slower\*\* \|/)
})

test('gates stand before the figures, those that are not held with the reason', (t) => {
  const subject = { kind: 'gate', file: undefined, line: 1 } as const
  const gates: Check[] = [
    { subject, name: 'valid', state: 'passed', message: 'valid is held' },
    { subject, name: 'redirect.a <= 1', state: 'failed', message: 'redirect.a <= 1 is breached: too much' },
  ]
  t.true(
    markdown(sampleRecord(), headlines, gates).includes(
      '\n\n- held: `valid`\n- **breached**: `redirect.a <= 1` — redirect.a \\<= 1 is breached: too much\n\n',
    ),
  )
})

test('what is partial or invalid is told before anything else', (t) => {
  t.regex(markdown(partialRecord(), headlines, []), /^### .*\n\n\*\*This run is partial\.\*\* It was/)
  t.regex(
    markdown(invalidRecord(), headlines, []),
    /^### .*\n\n\*\*Nothing was concluded: redirect is invalid\.\*\*\n\n\*\*redirect is invalid and gets no verdict\.\*\* netns-2 forwarded 1\.000/,
  )
})

test('few blocks and metrics that are not known have their rows', (t) => {
  t.regex(markdown(singleBlockRecord(), headlines, []), /\| too few blocks \| inconclusive \|/)
  t.regex(
    markdown(laterRecord(), everything, []),
    /\| powerW \| {2}\| 3\.50 W \| \+25 % \| \+13 to \+38 % \| inconclusive \|/,
  )
})

test('how to repeat it is folded away', (t) => {
  t.true(
    markdown(sampleRecord(), headlines, []).endsWith(
      '- again: `sudo ./bench run redirect-vs-stack --seed 42`\n\n</details>\n',
    ),
  )
})

test('text cannot become markup, leave its cell or its line', (t) => {
  t.is(escapeMarkdown('a|b\n<b>*_`[x](y)#'), 'a\\|b \\<b\\>\\*\\_\\`\\[x\\](y)\\#')
  t.is(escapeMarkdown('\u001b[31mred\u001b[0m'), 'red')
  t.is(inlineCode('a\nb'), '`a b`')
  t.is(inlineCode('a `b` ``c'), '``` a `b` ``c ```')
  t.deepEqual(foldedMarkdown('x', []), [])
})

for (const [what, make] of Object.entries(variants))
  test(`every row of the table of ${what} has its six cells`, (t) => {
    const rows = lines(markdown(make(), everything, [])).filter((line) => line.startsWith('|'))
    t.deepEqual(
      rows.filter((row) => row.split(/(?<!\\)\|/).length !== 8),
      [],
    )
  })

test('what a path lost stands in its headline and in every row', (t) => {
  const text = markdown(lossyRecord(), headlines, [])
  t.true(
    text.includes(
      "**redirect is 6.0 % faster than stack, while it lost 0.8 % of the flood's packets (1 % allowed)**",
    ),
  )
  t.is([...text.matchAll(/, lost 0\.8 % \|$/gm)].length, 6)
})

test('where the packets of an invalid path went is a list', (t) => {
  t.regex(
    markdown(diagnosedRecord(), headlines, []),
    /none of 3,200 packets\.\n\n- netns-2 veth1@2 received 3,200 frames\n- netns-3 veth2@2 received none\n- likely: /,
  )
})
