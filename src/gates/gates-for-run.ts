/** All gates that a run is held to: those of its scenario as the run read it, then those of a file. */
import { parse } from 'yaml'
import type { RunRecord } from '../record/record.ts'
import { requireNames } from './check-names.ts'
import { parseGate } from './parse-gate.ts'
import { defaultGatesFile, fileGates, scenarioGates } from './read-gates.ts'
import { comparesVersions } from './reference.ts'
import type { Gate } from './rule.ts'

/**
 * The gates of a run; a gate that stands in both places counts once. Where there is another run to hold it
 * against and no gate says `regression`, that of `defaultRegression` is added: who names a run wants it compared. A run that compares two versions of one
 * path has other paths than its scenario: only `valid` and `regression` are about it.
 *
 * @param file named by the user; else `bench.gates.yaml`, if there is one
 * @param hasBaseline whether the user named a run to hold it against
 * @returns none where there are none
 * @throws BenchError `usage` with every gate that is wrong, and its place
 */
export function gatesForRun(record: RunRecord, file?: string, hasBaseline = false): Gate[] {
  const own = scenarioGates(record.scenarioSource, scenarioLabel(record))
  const others = fileGates(file ?? defaultGatesFile, scenarioName(record), file !== undefined)
  const texts = new Set(own.map(({ text }) => text))
  const all = [...own, ...others.filter(({ text }) => !texts.has(text))]
  const gates = comparesVersions(record)
    ? all.filter(({ rule: { kind } }) => kind === 'valid' || kind === 'regression')
    : all
  requireNames(gates, record)
  const comparesAlready = gates.some(({ rule }) => rule.kind === 'regression')
  return hasBaseline && !comparesAlready ? [...gates, defaultRegression] : gates
}

const defaultText = 'regression <= 3%'

/** What a run is held to against another where nobody has said by how much it may be worse. */
export const defaultRegression: Gate = {
  text: defaultText,
  source: { file: '--baseline', line: 1, column: 1 },
  ...parseGate(defaultText),
}

/** Whether a gate of `gatesForRun` was found in the scenario, not in the file of gates. */
export const isOfScenario = ({ source }: Gate, record: RunRecord): boolean =>
  source.file === scenarioLabel(record)

const scenarioLabel = ({ runId }: RunRecord): string => `scenario of run ${runId}`

/** The name in the scenario file: that of a run of two versions has an ending of its own. */
function scenarioName(record: RunRecord): string {
  if (!comparesVersions(record)) return record.scenario
  const { name } = parse(record.scenarioSource) as { name?: unknown }
  return typeof name === 'string' ? name : record.scenario
}
