/** Several runs compared, as data: everything worded and formatted, no HTML and no terminal yet. */
import { type Change, changesAcross, type ComparedFigure, type NamedRun } from '../across/changes.ts'
import { controlCaveats } from '../across/control.ts'
import { differenceLines } from '../across/differences.ts'
import { kernelsBetween, optionWords } from '../across/kernel-options.ts'
import type { Verdict } from '../record/record.ts'
import { metricWords } from '../record/metric-words.ts'
import { ratiosCaption, ratiosTable, runsTable } from './compare-tables.ts'
import { verdictOf } from './compare-words.ts'
import { formatMargin, ratioText } from '../words/numbers.ts'
import type { TableView } from '../page/table-view.ts'

/** A change with the looks of a verdict: its colour says whether it is for the better. */
export interface ChangeVerdict {
  readonly noun: string
  /** `changed`, `same`, `not decided`. */
  readonly words: string
  readonly verdict: Verdict
  /** `+1.2 % (+0.4 to +2.0 %)`, and within what it is the same. */
  readonly text: string
  readonly ratio: { readonly estimate: number; readonly low: number; readonly high: number }
  readonly margin: number
}

/** What one run changed by since the first. */
export interface RunChanges {
  readonly name: string
  /** Whether a candidate's headline metric changed. */
  readonly isChanged: boolean
  readonly headline: string
  readonly paths: readonly { readonly path: string; readonly verdicts: readonly ChangeVerdict[] }[]
  /** What the first run has figures of, and this one has not, and why: one line each. */
  readonly missing: readonly string[]
  /** What is not known of either run's noise. */
  readonly caveats: readonly string[]
  /** Why a figure cannot be compared, one line each. */
  readonly notCompared: readonly string[]
  /** What else is different, and could explain a change. */
  readonly differences: readonly string[]
  /** Of kernels in virtual machines every option that is, one line each. */
  readonly options: readonly string[]
}

export interface CompareView {
  readonly scenario: string
  readonly title: string
  readonly first: string
  readonly headline: string
  readonly runs: TableView
  readonly changes: readonly RunChanges[]
  /** Candidates in headline metrics, all paths in these, and all. */
  readonly mainRatios: TableView
  readonly headlineRatios: TableView
  readonly allRatios: TableView
}

/** Figures of candidates' headline metrics: what the page is about. */
const isMain = ({ role, isHeadline }: ComparedFigure): boolean => role === 'candidate' && isHeadline

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

const headlineOf = (
  figures: readonly ComparedFigure[],
  index: number,
  first: string,
  name: string,
): string => {
  const states = figures.filter(isMain).map(({ changes }) => changes[index]?.state)
  const count = (state: Change['state']): number => states.filter((one) => one === state).length
  const [changed, same] = [count('changed') + count('missing'), count('same')]
  const from = `from ${first} to ${name}`
  if (states.length === count('not-compared')) return `Nothing can be compared ${from}`
  const missing = count('missing')
  if (changed > 0)
    return `${changed} of ${plural(states.length, 'figure')} changed ${from}${missing === 0 ? '' : `, ${missing} of them missing now`}`
  return same === states.length
    ? `Nothing changed ${from}`
    : `No change is found ${from}; ${plural(states.length - same, 'figure')} of ${states.length} not decided`
}

function changesOf(figures: readonly ComparedFigure[], runs: readonly NamedRun[], index: number): RunChanges {
  const [first, run] = [runs[0]!, runs[index + 1]!]
  const main = figures.filter(isMain)
  const verdicts = main.flatMap((figure) => {
    const change = figure.changes[index]!
    if ('reason' in change) return []
    const { ratio, margin } = change
    const verdict: ChangeVerdict = {
      noun: metricWords(figure.metric).noun,
      words: change.state.replace('-', ' '),
      verdict: verdictOf(change),
      text: `${ratioText(ratio)}${change.state === 'same' ? `, within ${formatMargin(margin)}` : ''}`,
      ratio,
      margin,
    }
    return [{ path: figure.path, verdict }]
  })
  return {
    name: run.name,
    isChanged: main.some(({ changes }) => isChange(changes[index])),
    headline: headlineOf(figures, index, first.name, run.name),
    paths: [...Map.groupBy(verdicts, ({ path }) => path)].map(([path, own]) => ({
      path,
      verdicts: own.map(({ verdict }) => verdict),
    })),
    missing: reasonsOf(main, index, 'missing'),
    caveats: [first, run].flatMap(({ record }) => controlCaveats(record)),
    notCompared: reasonsOf(main, index, 'not-compared'),
    differences: differenceLines(first.record, run.record),
    options: kernelsBetween(first.record.environment, run.record.environment).flatMap(({ options = [] }) =>
      options.map(optionWords),
    ),
  }
}

const isChange = (change: Change | undefined): boolean =>
  change?.state === 'changed' || change?.state === 'missing'

/** The reasons of figures in a state, each once. */
const reasonsOf = (
  figures: readonly ComparedFigure[],
  index: number,
  state: 'missing' | 'not-compared',
): string[] => [
  ...new Set(
    figures.flatMap(({ path, changes }) => {
      const change = changes[index]!
      return change.state === state ? [`${path}: ${change.reason}`] : []
    }),
  ),
]

const headlineOfAll = (changes: readonly RunChanges[], first: string): string => {
  const changed = changes.filter(({ isChanged }) => isChanged).map(({ name }) => name)
  return changed.length === 0
    ? `No change since ${first} is found in any of ${changes.length} runs`
    : `Changed since ${first}: ${changed.join(', ')}`
}

/**
 * What several runs of one scenario say beside each other.
 *
 * @param runs two or more
 * @param margin half-width of the band within which ratios count as the same
 */
export function compareView(runs: readonly NamedRun[], margin: number): CompareView {
  const figures = changesAcross(runs, margin)
  const changes = runs.slice(1).map((_, index) => changesOf(figures, runs, index))
  const { scenario, title } = runs[0]!.record
  const [only] = changes
  return {
    scenario,
    title,
    first: runs[0]!.name,
    headline:
      only !== undefined && changes.length === 1 ? only.headline : headlineOfAll(changes, runs[0]!.name),
    runs: runsTable(runs),
    changes,
    mainRatios: ratiosTable(ratiosCaption, figures.filter(isMain), runs),
    headlineRatios: ratiosTable(
      ratiosCaption,
      figures.filter(({ isHeadline }) => isHeadline),
      runs,
    ),
    allRatios: ratiosTable('The same for every metric', figures, runs),
  }
}
