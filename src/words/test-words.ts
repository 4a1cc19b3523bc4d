/** What a comparison was tested by, in words for readers who know no p-values. */
import type { Comparison } from '../record/record.ts'

type Tested = Pick<Comparison, 'pValueMethod' | 'adjustedPValue'>

/** What took signs in the test: whole rounds, or blocks where rounds are too few; undefined where it is not known. */
export const testUnit = ({ pValueMethod = '' }: Tested): 'round' | 'block' | undefined =>
  /\bof \d+ blocks\b/.test(pValueMethod)
    ? 'block'
    : /\bof \d+ rounds\b/.test(pValueMethod)
      ? 'round'
      : undefined

/** For behind an interval: that it was tested by less than whole rounds. Empty where it was tested as it should be. */
export const testClause = (comparison: Tested): string => {
  if (/^no test\b/.test(comparison.pValueMethod ?? '')) return '; not tested, as blocks were too few'
  return comparison.adjustedPValue !== null && testUnit(comparison) === 'block'
    ? '; tested block by block, as rounds were too few'
    : ''
}

/** Why a difference that the interval shows is not called one. */
export const weaknessWords = (comparison: Tested): string => {
  const unit = testUnit(comparison)
  const where =
    unit === 'block'
      ? 'it shows in some blocks and not in others (rounds were too few to test by)'
      : 'it shows in some rounds and not in others'
  return `${where}, so that chance cannot be ruled out; more rounds would settle it`
}
