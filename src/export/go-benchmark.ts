/**
 * The Go benchmark format, as benchstat reads it (golang.org/design/14313-benchmark-format): a line a
 * repetition, which is a block here. benchstat takes the statistics itself.
 */
import type { RunRecord } from '../results/record.ts'
import type { Selection } from './figures.ts'
import { goUnits } from './go-units.ts'
import { type Repetition, repetitionsOf } from './repetitions.ts'
import { rounded } from './plain-number.ts'

export function goBenchmark(record: RunRecord, selection: Selection): string {
  const repetitions = repetitionsOf(record, selection)
  if (repetitions.length === 0) return ''
  const units = goUnits(repetitions.flatMap(({ values }) => values.map(({ unit }) => unit)))
  return [...configuration(record), ...units, ...repetitions.map((one) => line(record, one)), ''].join('\n')
}

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

const line = ({ settings }: RunRecord, { path, values }: Repetition): string =>
  [
    `BenchmarkForward/path=${nameValue(path)}/payload=${settings.payloadBytes}`,
    '1',
    ...values.map(({ value, unit: { name } }) => `${rounded(value)} ${name}`),
  ].join('\t')

/** A value in a benchmark's name ends at a blank or a slash. */
const nameValue = (text: string): string => text.replaceAll(/[\s/]+/g, '_')

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
