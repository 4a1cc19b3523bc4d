/** Searches and soaks that are kept, for `bench list`. */
import { searches, soaks, type Store } from '../../keep/rate-store.ts'
import type { Search } from '../../record/search.ts'
import type { Soak } from '../../record/soak.ts'
import { throughputText } from '../../search/table.ts'
import { formatRate } from '../../words/numbers.ts'
import { roughTime } from '../../words/wall-time.ts'
import { textTable } from './text-table.ts'

/** Title and table of each kind of which there are any, newest first. */
export const ratesTables = (results: string): [title: string, table: string][] => [
  ...tableOf('Searches', ['search', 'scenario', 'takes'], results, searches, searchWords),
  ...tableOf('Soaks', ['soak', 'scenario', 'rate and time'], results, soaks, soakWords),
]

function tableOf<Kept>(
  title: string,
  titles: readonly string[],
  results: string,
  store: Store<Kept>,
  wordsOf: (kept: Kept) => string,
): [string, string][] {
  const rows = store
    .list(results)
    .toReversed()
    .map(({ id, scenario, folder }) => {
      try {
        return [id, scenario, wordsOf(store.read(results, folder))]
      } catch {
        return [id, scenario, 'unreadable']
      }
    })
  const columns = titles.map((one) => ({ title: one, align: 'left' as const }))
  return rows.length === 0 ? [] : [[title, textTable(columns, rows)]]
}

/** Of the first goal. */
const searchWords = ({ results, goals, complete }: Search): string =>
  [
    ...results
      .filter(({ goal }) => goal === goals[0]?.name)
      .map((result) => `${result.path} ${throughputText(result)}`),
    ...(complete ? [] : ['partial']),
  ].join(', ')

const soakWords = ({ ratePps, timeS, complete }: Soak): string =>
  `${formatRate(ratePps)}, ${roughTime(timeS)}${complete ? '' : ', partial'}`
