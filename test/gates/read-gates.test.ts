import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import test from 'ava'
import { requireNames } from '../../src/gates/check-names.ts'
import { gatesForRun } from '../../src/gates/gates-for-run.ts'
import { fileGates, parseGatesFile, scenarioGates } from '../../src/gates/read-gates.ts'
import { BenchError, describeError } from '../../src/host/errors.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { gateOf } from './made-gates.ts'

const refused = (act: () => unknown): string[] => {
  try {
    act()
  } catch (error) {
    if (error instanceof BenchError && error.trouble === 'usage') return describeError(error).split('\n')
    throw error
  }
  throw new Error('it was not refused')
}

const scenario = `name: redirect-vs-stack
gates:
  - valid
  - redirect.throughputPps.ratio >= 1.02
  - "regression <= 3%"
`

test('gates of a scenario come in its order, each with its line and column', (t) => {
  const gates = scenarioGates(scenario, 'own.yaml')
  t.deepEqual(
    gates.map(({ text, source: { file, line, column } }) => [text, `${file}:${line}:${column}`]),
    [
      ['valid', 'own.yaml:3:5'],
      ['redirect.throughputPps.ratio >= 1.02', 'own.yaml:4:5'],
      ['regression <= 3%', 'own.yaml:5:6'],
    ],
  )
})

test('a scenario without gates has none', (t) => {
  t.deepEqual(scenarioGates('name: a\n', 'own.yaml'), [])
  t.deepEqual(scenarioGates('name: a\ngates:\n', 'own.yaml'), [])
  t.deepEqual(scenarioGates('', 'own.yaml'), [])
})

const file = `redirect-vs-stack:
  - valid
  - redirect.rttNs.p50 <= 20us
dsr-vs-nat: [regression <= 5%]
`

test('a file of gates has a list for each scenario', (t) => {
  const textsOf = (name: string) => parseGatesFile(file, 'g.yaml', name).map(({ text }) => text)
  t.deepEqual(textsOf('redirect-vs-stack'), ['valid', 'redirect.rttNs.p50 <= 20us'])
  t.deepEqual(textsOf('dsr-vs-nat'), ['regression <= 5%'])
  t.deepEqual(textsOf('another'), [])
})

test('every problem of the whole file is told at once, with line, column and the gate', (t) => {
  const lines = refused(() =>
    parseGatesFile(
      'redirect-vs-stack:\n  - redirect.troughputPps.ratio >= 1.02\n  - 17\ndsr-vs-nat: valid\nown:\n  - "regression <= 3"\n',
      'g.yaml',
      'own',
    ),
  )
  t.deepEqual(lines, [
    'Could not use gates: 4 problems',
    '  g.yaml:2:14  "redirect.troughputPps.ratio >= 1.02": there is no metric "troughputPps"; did you mean "throughputPps"?',
    '  g.yaml:3:5: expected a gate as text, as in "regression <= 3%"',
    '  g.yaml:4:1: expected a list of gates',
    '  g.yaml:6:20  "regression <= 3": expected a percentage above 0 and below 100, as in 3%, not "3"',
    'Hint: `bench check --help` shows what a gate may say',
  ])
})

test('a list under a misspelt name of the scenario is an error, and not no gates', (t) => {
  const [, line] = refused(() => parseGatesFile('redirect-vs-stak: [valid]\n', 'g.yaml', 'redirect-vs-stack'))
  t.is(line, '  g.yaml:1:1: there is no scenario "redirect-vs-stak" here; did you mean "redirect-vs-stack"?')
  // Another scenario of pathbench is none misspelt.
  t.deepEqual(parseGatesFile('redirect-vs-stack: [valid]\n', 'g.yaml', 'redirect-vs-stack2'), [])
})

for (const [what, text, expected] of [
  ['is a list', '- valid\n', /^ {2}g\.yaml:1:1: expected the names of scenarios/],
  ['is not YAML', 'a: [valid\n', /^ {2}g\.yaml:\d+:\d+: /],
  ['is empty', '', /expected the names of scenarios/],
] as const)
  test(`a file that ${what} is told as such`, (t) => {
    t.regex(refused(() => parseGatesFile(text, 'g.yaml', 'own'))[1] ?? '', expected)
  })

test('a file that is named has to be there; one that is only looked for need not', (t) => {
  const missing = join(temporaryFolder(t), 'g.yaml')
  t.deepEqual(fileGates(missing, 'own', false), [])
  t.regex(refused(() => fileGates(missing, 'own', true))[0] ?? '', /^Could not read gates .*g\.yaml: ENOENT/)
})

const record = { ...sampleRecord(), scenarioSource: scenario }

test('a run has the gates of its scenario and of the file, each once', (t) => {
  const named = join(temporaryFolder(t), 'g.yaml')
  writeFileSync(named, file)
  t.deepEqual(
    gatesForRun(record, named).map(({ text }) => text),
    ['valid', 'redirect.throughputPps.ratio >= 1.02', 'regression <= 3%', 'redirect.rttNs.p50 <= 20us'],
  )
})

test('a run that compares two versions is held to what says nothing of other paths', (t) => {
  const versions = {
    ...record,
    scenario: 'redirect-vs-stack-ab',
    subject: { scenarioSha256: '', git: null, versions: { base: 'main', head: 'the files as they are' } },
    paths: record.paths.map((path) => ({ ...path, name: path.name === 'redirect' ? 'head' : path.name })),
  }
  const named = join(temporaryFolder(t), 'g.yaml')
  writeFileSync(named, file)
  t.deepEqual(
    gatesForRun(versions, named).map(({ text }) => text),
    ['valid', 'regression <= 3%'],
  )
})

test('names that the run does not have are told with the nearest, and where they stand', (t) => {
  const lines = refused(() => {
    requireNames(
      [
        'redirct.rttNs.p50 <= 20us',
        'bridge.costNs.ratio <= 1',
        'stack.costNs.ratio <= 1',
        'redirect.httpRps >= 1kreq/s',
        'redirect.rttNs.p50 <= 20us',
      ].map(gateOf),
      record,
    )
  })
  t.deepEqual(lines.slice(1, -1), [
    '  bench.gates.yaml:2:5  "redirct.rttNs.p50 <= 20us": redirect-vs-stack has no path "redirct"; did you mean "redirect"?',
    '  bench.gates.yaml:2:5  "bridge.costNs.ratio <= 1": redirect-vs-stack has no path "bridge", but stack, redirect, control, floor',
    '  bench.gates.yaml:2:5  "stack.costNs.ratio <= 1": stack is the baseline: its ratio to itself is always 1',
    '  bench.gates.yaml:2:14  "redirect.httpRps >= 1kreq/s": httpRps comes from trials of kind http, and the run has none',
  ])
})
