/** What stands below the candidates: the baseline, the noise, what is undecided and why. Pure. */
import { isDecided } from '../../record/conclusion.ts'
import { shortNoun } from '../../record/metric-words.ts'
import type { Comparison, RunRecord } from '../../record/record.ts'
import { markOf } from '../../words/delivery-words.ts'
import { formatCount } from '../../words/numbers.ts'
import { levelsAlone, pathAlone } from '../../report/view/levels-alone.ts'
import { headlineComparisonsOf, measuredPaths } from '../../report/view/selection.ts'
import { apartSentence } from '../../report/view/yardstick.ts'
import { noiseWords } from '../../report/view/subject-line.ts'
import { textWidth, wrapped } from './wrap.ts'
import { timeToDecideS } from './time-to-decide.ts'
import { labelled, fittedClauses } from './glance-line.ts'

/** What the yardstick itself lost, if anything; and its own figures, where nothing is compared with it. */
export function baselineLine(record: RunRecord, width: number): string[] {
  return measuredPaths(record, 'baseline').flatMap(({ name }) => {
    const lost = markOf(record, name)
    const alone = pathAlone(record)
    const clauses = [
      ...(lost === undefined ? [] : [lost]),
      ...(alone === undefined ? [] : levelsAlone(record, alone)),
    ]
    return clauses.length === 0 ? [] : [fittedClauses(labelled(record, name), clauses, width)]
  })
}

/** How far the control comes out from the baseline: what of a difference is noise. */
export function controlLine(record: RunRecord, width: number): string[] {
  return measuredPaths(record, 'control').flatMap(({ name }) => {
    if (headlineComparisonsOf(record, name).length === 0) return []
    const noise = noiseWords(record, name)
    return [
      fittedClauses(labelled(record, name), [`noise: ${noise[0] ?? 'not known'}`, ...noise.slice(1)], width),
    ]
  })
}

/** What paths are held against that is not the baseline. */
export function againstLines(record: RunRecord, width: number): string[] {
  const sentence = apartSentence(record)
  return sentence === undefined ? [] : wrapped(sentence, width)
}

/** Candidates' comparisons that came to nothing. */
const openOf = (record: RunRecord): Comparison[] =>
  measuredPaths(record, 'candidate').flatMap(({ name }) =>
    headlineComparisonsOf(record, name).filter((one) => !isDecided(one)),
  )

/** Why no verdict is given where the figures alone would give one, once a reason. */
export function withheldLines(record: RunRecord, width: number): string[] {
  const withheld = Map.groupBy(openOf(record), (one) => one.withheld)
  return [...withheld].flatMap(([reason, alike]) => {
    if (reason === undefined) return []
    const paths = [...new Set(alike.map(({ path }) => path))].join(', ')
    const nouns = [...new Set(alike.map(({ metric }) => shortNoun(metric)))].join(', ')
    return wrapped(`no verdict on ${nouns} of ${paths}: ${reason}`, width)
  })
}

/** What is undecided, and what would decide the nearest of it. */
export function undecidedLine(record: RunRecord, width: number): string[] {
  const open = openOf(record).filter(({ withheld }) => withheld === undefined)
  if (open.length === 0) return []
  const times = open.flatMap((one) => timeToDecideS(one, record) ?? []).toSorted((one, other) => one - other)
  const nouns = [...new Set(open.map(({ metric }) => shortNoun(metric)))].join(', ')
  const what = `undecided: ${open.length} of ${comparedCount(record)}`
  // Most of those that time can decide, not the hardest of them.
  const half = Math.floor(times.length / 2)
  const advice =
    times[half] === undefined
      ? 'a longer run would hardly decide'
      : `--max-time ${times[half]}s would likely decide ${half + 1}`
  const long = `${what} (${nouns}); ${advice}`
  return ['', textWidth(long) <= width ? long : `${what}; ${advice}`]
}

/** How many comparisons of candidates there are. */
const comparedCount = (record: RunRecord): string =>
  formatCount(
    measuredPaths(record, 'candidate').reduce(
      (sum, { name }) => sum + headlineComparisonsOf(record, name).length,
      0,
    ),
  )
