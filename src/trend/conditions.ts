/** What changed around the runs, which may be why their ratios did. */
import { notRecorded } from '../across/identity.ts'
import { type HistoryEntry, programCondition, scenarioCondition } from './history-entry.ts'

/** Something around the runs before and after, where both say. */
export interface ConditionDifference {
  /** As the history has it: `kernel`, `governor`. */
  readonly name: string
  readonly before: string
  readonly after: string
}

export interface ConditionsChange {
  /** Index of the first run under the new conditions. */
  readonly run: number
  /** In words, e.g. `kernel 6.1.0 → 6.6.2`. */
  readonly changes: readonly string[]
  /** Whether what is measured changed, a program or the scenario, and not only what is around it. */
  readonly isOfSubject: boolean
  /** Of the machine, its kernel and the tools: what is known before and after. */
  readonly environment: readonly ConditionDifference[]
}

/** Conditions that are no part of the environment. */
const ofWhatIsMeasured = new Set([scenarioCondition, 'load', 'baseline path'])

type Conditions = HistoryEntry['conditions']

/** Where the conditions of a run differ from those of the run before it. */
export function conditionsChanges(runs: readonly HistoryEntry[]): ConditionsChange[] {
  // A run in which a path was not measured does not say which program it has.
  const programs = new Map<string, string>()
  return runs.flatMap((entry, run) => {
    const before = runs[run - 1]
    const changed = programsChanged(programs, entry.conditions, before, entry)
    if (before === undefined) return []
    const others =
      before.conditions === entry.conditions ? [] : differences(before.conditions, entry.conditions)
    const changes = [...others.map(({ words }) => words), ...changed]
    const isOfSubject = changed.length > 0 || others.some(({ name }) => name === scenarioCondition)
    const environment = others.flatMap(({ name, from, to }) =>
      from === undefined || to === undefined || ofWhatIsMeasured.has(name)
        ? []
        : [{ name, before: from, after: to }],
    )
    return changes.length === 0 ? [] : [{ run, changes, isOfSubject, environment }]
  })
}

/** Programs whose version is another than when last seen, with the commits; `seen` is kept up to date. */
function programsChanged(
  seen: Map<string, string>,
  conditions: Conditions,
  before: HistoryEntry | undefined,
  entry: HistoryEntry,
): string[] {
  const commits =
    before?.commit === entry.commit
      ? ''
      : ` (commit ${before?.commit ?? notRecorded} → ${entry.commit ?? notRecorded})`
  return Object.entries(conditions)
    .filter(([name]) => name.startsWith(programCondition))
    .flatMap(([name, version]) => {
      const last = seen.get(name)
      seen.set(name, version)
      return last === version ? [] : [`${name}: ${last ?? notRecorded} → ${version}${commits}`]
    })
}

interface Difference {
  readonly name: string
  readonly words: string
  readonly from: string | undefined
  readonly to: string | undefined
}

function differences(before: Conditions, after: Conditions): Difference[] {
  const [one, other] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((name) => !name.startsWith(programCondition) && one.get(name) !== other.get(name))
    .map((name) => {
      const [from, to] = [one.get(name), other.get(name)]
      return { name, words: inWords(name, from, to), from, to }
    })
}

/** A digest says that something changed, and not to what. */
function inWords(name: string, before: string | undefined, after: string | undefined): string {
  if (before?.startsWith('sha256:') === true || after?.startsWith('sha256:') === true)
    return `${name} changed`
  return `${name} ${before ?? notRecorded} → ${after ?? notRecorded}`
}
