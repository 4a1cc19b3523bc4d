/**
 * The Go benchmark format, as benchstat reads it (golang.org/design/14313-benchmark-format): a line a
 * repetition, which is a block here. benchstat takes the statistics itself. Each path has a line with `valid`,
 * 1 or 0, besides: one whose figures do not count has no other.
 */
import type { RunRecord } from '../record/record.ts'
import type { Selection } from './figures.ts'
import { goUnits } from './go-units.ts'
import { type Repetition, repetitionsOf } from './repetitions.ts'
import { rounded } from './plain-number.ts'
import { type Validity, validitiesBeside } from './validity.ts'

export function goBenchmark(record: RunRecord, selection: Selection): string {
  const repetitions = repetitionsOf(record, selection)
  const validities = validitiesBeside(repetitions, record, selection)
  if (validities.length === 0) return ''
  const units = goUnits(repetitions.flatMap(({ values }) => values.map(({ unit }) => unit)))
  return [
    ...configuration(record),
    ...validities.flatMap(({ words }) => (words === undefined ? [] : [`# ${oneLine(words)}`])),
    ...units,
    validityUnit,
    ...repetitions.map((one) => line(record, one)),
    ...validities.map((one) => validityLine(record, one)),
    '',
  ].join('\n')
}

/** One value says it all, so that benchstat is not to ask for more of them. */
const validityUnit = 'Unit valid better=higher assume=exact'

/**
 * benchstat compares only what has the same configuration, so that here stands what names the machine, as Go
 * does, and what differs from run to run stands in lines that it passes over.
 */
const configuration = ({ scenario, runId, startedAt, environment }: RunRecord): string[] => [
  `# run ${oneLine(runId)}, started ${startedAt}`,
  `# kernel ${oneLine(environment.kernel)}`,
  'goos: linux',
  `goarch: ${environment.architecture === 'x64' ? 'amd64' : oneLine(environment.architecture)}`,
  `pkg: ${oneLine(scenario)}`,
  `cpu: ${oneLine(environment.cpuModel)}`,
]

const nameOf = ({ settings }: RunRecord, path: string): string =>
  `BenchmarkForward/path=${nameValue(path)}/payload=${settings.payloadBytes}`

const validityLine = (record: RunRecord, { path, isValid }: Validity): string =>
  [nameOf(record, path), '1', `${Number(isValid)} valid`].join('\t')

const line = (record: RunRecord, { path, values }: Repetition): string =>
  [nameOf(record, path), '1', ...values.map(({ value, unit: { name } }) => `${rounded(value)} ${name}`)].join(
    '\t',
  )

/** A value in a benchmark's name ends at a blank or a slash. */
const nameValue = (text: string): string => text.replaceAll(/[\s/]+/g, '_')

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
