/** All that is different about two runs and could explain a change, as lines. */
import type { RunRecord } from '../record/record.ts'
import { type Difference, environmentDifferences, isKnown } from './environment-differences.ts'
import { identityDifferences, unrecordedIdentity } from './identity-differences.ts'
import { loadDifferences, scenarioDifferences } from './settings-differences.ts'

/** A difference as a line: `kernel: 6.1.0, then 6.18.5`. */
export const differenceLine = ({ what, first, second }: Difference): string =>
  `${what}: ${first || 'nothing'}, then ${second || 'nothing'}`

/** What both runs say of themselves, and says not the same; what only one of them says, in one line. */
export function differenceLines(first: RunRecord, second: RunRecord): string[] {
  const differences = [
    ...identityDifferences(first, second),
    ...loadDifferences(first, second),
    ...scenarioDifferences(first, second),
    ...environmentDifferences(first.environment, second.environment),
  ]
  const unknown = differences.filter((one) => !isKnown(one)).map(({ what }) => what)
  const unsaid = unrecordedIdentity(first, second)
  return [
    ...differences.filter(isKnown).map(differenceLine),
    ...(unsaid.length === 0
      ? []
      : [`not recorded in either, and so perhaps not the same: ${unsaid.join(', ')}`]),
    ...(unknown.length === 0 ? [] : [`recorded in one of them only: ${unknown.join(', ')}`]),
  ]
}
