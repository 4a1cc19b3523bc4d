/** The trend of a scenario: where its ratios stand, and where they changed. Pure. */
import { analysed } from './analyse.ts'
import { conditionsChanges } from './conditions.ts'
import type { Trend } from './findings.ts'
import { gapsOf } from './gaps.ts'
import type { HistoryEntry } from './history-entry.ts'
import { inOrderOfTime, seriesNames, seriesOf, type SeriesName } from './series.ts'

/** False changes to expect in each run of a scenario, all its series together, where nothing changes. */
export const falseChangesPerRun = 0.001

/** What of a scenario is looked at; the level of the tests does not depend on it. */
export type Selection = (series: SeriesName) => boolean

/**
 * The trend of a scenario.
 *
 * @param entries of this scenario, in any order
 * @param host whose runs they are, where that has to be said
 */
export function trendOf(
  scenario: string,
  entries: readonly HistoryEntry[],
  isSelected: Selection,
  host?: string,
): Trend {
  const runs = inOrderOfTime(entries)
  const names = seriesNames(runs)
  const changed = conditionsChanges(runs)
  const level = falseChangesPerRun / Math.max(1, names.filter(({ role }) => role === 'candidate').length)
  return {
    scenario,
    ...(host === undefined ? {} : { host }),
    runs,
    conditionsChanges: changed,
    gaps: gapsOf(runs, isSelected),
    level,
    series: names.filter(isSelected).map((name) => analysed(seriesOf(runs, name), runs, changed, level)),
  }
}
