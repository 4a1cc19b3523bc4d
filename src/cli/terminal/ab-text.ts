/** What `bench ab` has found, for the terminal and as JSON. Pure. */
import { abPaths } from '../../ab/ab-scenario.ts'
import type { JudgementState } from '../../ab/metric-judgement.ts'
import type { VersionsJudgement } from '../../ab/judgement.ts'
import { changeText, judgementWords } from '../../ab/words.ts'
import { programLines, versionWords } from '../../across/identity.ts'
import { formatInterval } from '../../words/numbers.ts'
import { metricWords } from '../../record/metric-words.ts'
import type { RunRecord } from '../../record/record.ts'
import { styled } from './output.ts'
import { textTable } from './text-table.ts'

const styles: Readonly<Record<JudgementState, Parameters<typeof styled>[0]>> = {
  regression: 'red',
  'not-confirmed': 'cyan',
  unconfirmed: 'yellow',
  faster: 'green',
  'not-slower': 'cyan',
  open: 'yellow',
}

/** Which versions, a table with one judgement a metric, and what to bear in mind. */
export function abText(record: RunRecord, { judgements, outcome, caveats }: VersionsJudgement): string {
  const level = (metric: string): string => {
    const found = record.estimates.find((one) => one.path === abPaths.base && one.metric === metric)
    return found === undefined ? 'none' : formatInterval(found.unit, found).value
  }
  const isFailed = outcome === 'failed'
  const table = textTable(
    [
      { title: '', align: 'left' },
      { title: abPaths.base, align: 'right' },
      { title: `${abPaths.head} (95 %)`, align: 'right' },
      { title: 'judgement', align: 'left' },
    ],
    judgements.map((judged) => [
      metricWords(judged.metric).noun,
      level(judged.metric),
      changeText(judged.first),
      judged.state === 'faster' && isFailed
        ? 'no verdict: a version that fails is not faster'
        : styled(styles[judged.state], judgementWords(judged)),
    ]),
  )
  return [identityText(record), table, caveats.map((line) => `${styled('dim', 'note')}  ${line}`).join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** What was compared: the versions, and the programs that ran for each. */
function identityText(record: RunRecord): string {
  const sides = [abPaths.base, abPaths.head].map((side) => {
    const programs = programLines(record, side)
    return [
      `${styled('bold', side)}  ${versionWords(record, side)}`,
      ...programs.map((line) => `      ${line}`),
    ]
  })
  return sides.flat().join('\n')
}

/** The same for programs. */
export const abJson = ({ outcome, judgements, failures, caveats }: VersionsJudgement) => ({
  outcome,
  failures,
  caveats,
  findings: judgements.map(({ metric, state, margin, reason, first, second }) => ({
    ...{ metric, state, margin },
    ...(reason === undefined ? {} : { reason }),
    first: first?.ratio ?? null,
    second: second?.ratio ?? null,
  })),
})
