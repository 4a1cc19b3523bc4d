import { readFileSync } from 'node:fs'
import test from 'ava'
import type { Check } from '../../src/export/checks.ts'
import { githubAnnotations } from '../../src/export/github-annotations.ts'
import { inProject } from '../../src/host/project.ts'
import { parseRecord } from '../../src/keep/read.ts'
import type { RunRecord } from '../../src/record/record.ts'
import {
  diagnosedRecord,
  invalidRecord,
  partialRecord,
  skippedRecord,
  undeliveredRecord,
  variants,
} from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { everything, headlines, slowerRecord } from './export-records.ts'
import { readWorkflowCommands } from './read-workflow-command.ts'

const file = 'scenarios/redirect-vs-stack.yaml'

const scenarioSource = `name: redirect-vs-stack
gates:
  - redirect.costNs.ratio <= 0.9
paths:
  stack: { role: baseline }
  redirect:
    role: candidate
`

/** Without warnings of its own. */
const quiet = (record: RunRecord): RunRecord => ({ ...record, scenarioSource, warnings: [] })

const annotations = (record: RunRecord, gates: readonly Check[] = []) =>
  readWorkflowCommands(githubAnnotations(record, headlines, gates, file))

test('a run in which all is well gives no annotation', (t) => {
  t.is(githubAnnotations(quiet(sampleRecord()), headlines, [], file), '')
})

test('a candidate that is slower is an error at its line of the scenario', (t) => {
  t.deepEqual(annotations(quiet(slowerRecord())), [
    {
      command: 'error',
      properties: { file, line: '6', title: 'redirect-vs-stack: redirect is slower' },
      message: 'redirect delivers 5.0 % fewer packets per second than stack (95 %: 4.0 to 6.0 %).',
    },
  ])
})

test('metrics of one path stand together, as GitHub shows few annotations', (t) => {
  const record = quiet(sampleRecord())
  const comparisons = record.comparisons.map((one) => ({ ...one, verdict: 'inconclusive' as const }))
  const [only, ...others] = annotations({ ...record, comparisons })
  t.is(others.length, 0)
  t.is(only?.command, 'notice')
  t.is(only?.properties.title, 'redirect-vs-stack: redirect is undecided')
  t.is(only?.message.split('\n').length, 6)
})

test('an invalid path and a partial run are errors, a skipped path a warning', (t) => {
  const [invalid] = annotations(quiet(invalidRecord()))
  t.is(invalid?.command, 'error')
  t.is(invalid?.properties.line, '6')
  t.regex(invalid?.message ?? '', /^redirect is invalid and gets no verdict: netns-2 forwarded/)
  const [partial] = annotations(quiet(partialRecord()))
  t.is(partial?.command, 'error')
  t.deepEqual(partial?.properties, {
    file,
    line: '1',
    title: 'redirect-vs-stack: the run could not be measured',
  })
  t.is(annotations(quiet(skippedRecord()))[0]?.command, 'warning')
})

test('a path that lacks figures is an error, and one that is diagnosed has the lines of it', (t) => {
  const [lacking, ...others] = annotations(quiet(undeliveredRecord()))
  t.deepEqual(others, [])
  t.is(lacking?.command, 'error')
  t.is(lacking?.properties.title, 'redirect-vs-stack: redirect could not be measured')
  const [diagnosed] = annotations(quiet(diagnosedRecord()))
  t.is(diagnosed?.message.split('\n').length, 4)
})

test('warnings of one kind stand together', (t) => {
  const record = {
    ...quiet(sampleRecord()),
    warnings: ['one', 'two'].map((message) => ({ code: 'control-not-equivalent', message })),
  }
  t.deepEqual(annotations(record), [
    {
      command: 'warning',
      properties: { file, line: '1', title: 'redirect-vs-stack: control not equivalent' },
      message: 'one\ntwo',
    },
  ])
})

test('a gate stands at its own line, of the scenario or of the file that it is in', (t) => {
  const breached = (gateFile: string | undefined, line: number): Check => ({
    subject: { kind: 'gate', file: gateFile, line },
    name: 'redirect.costNs.ratio <= 0.9',
    state: 'failed',
    message: 'redirect.costNs.ratio <= 0.9 is breached',
  })
  const found = annotations(quiet(slowerRecord()), [
    breached(undefined, 3),
    breached('ci/bench.gates.yaml', 12),
  ])
  t.deepEqual(
    found.map(({ properties }) => properties),
    [
      { file, line: '3', title: 'redirect-vs-stack: redirect.costNs.ratio <= 0.9 is breached' },
      {
        file: 'ci/bench.gates.yaml',
        line: '12',
        title: 'redirect-vs-stack: redirect.costNs.ratio <= 0.9 is breached',
      },
    ],
  )
})

test('without the scenario in the repository, annotations have no place', (t) => {
  const [only] = readWorkflowCommands(githubAnnotations(quiet(slowerRecord()), headlines, [], undefined))
  t.deepEqual(Object.keys(only?.properties ?? {}), ['title'])
})

test('a scenario that cannot be read gives a file and no line', (t) => {
  for (const source of ['', 'paths: [', '# nothing'])
    t.deepEqual(
      Object.keys(annotations({ ...quiet(slowerRecord()), scenarioSource: source })[0]?.properties ?? {}),
      ['file', 'title'],
    )
})

test('percent signs, commas, colons and newlines come through', (t) => {
  const title = 'a, b: 100%\n::error::c'
  const record = { ...quiet(slowerRecord()), scenario: title }
  const [only, ...others] = annotations(record)
  t.is(others.length, 0)
  t.is(only?.properties.title, `${title}: redirect is slower`)
})

test('the lines of a real run are those of its scenario', (t) => {
  const sample = inProject('results', 'redirect-vs-stack', 'sample', 'run.json')
  const record = parseRecord(readFileSync(sample, 'utf8'), sample)
  const lines = record.scenarioSource.split('\n')
  const invalid = record.paths.map((path) => ({ ...path, status: 'invalid' as const }))
  for (const { properties } of annotations({ ...record, paths: invalid, warnings: [] })) {
    const path = /: (\S+) could not/.exec(properties.title ?? '')?.[1]
    t.is(lines[Number(properties.line) - 1], `  ${path!}:`)
  }
})

for (const [what, make] of Object.entries(variants))
  test(`the runner reads what is said of ${what}`, (t) => {
    t.notThrows(() => readWorkflowCommands(githubAnnotations(make(), everything, [], file)))
  })
