/** What is kept beside runs, for `bench list`: a table for each kind of which there are any. */
import { fleets, readFleet } from '../../keep/fleet-store.ts'
import type { KindStore, Stored } from '../../keep/kind-store.ts'
import { searches, soaks } from '../../keep/rate-store.ts'
import { sweeps } from '../../keep/sweep-store.ts'
import type { ReadFleet } from '../../record/fleet.ts'
import type { Search } from '../../record/search.ts'
import type { Soak } from '../../record/soak.ts'
import type { Sweep } from '../../record/sweep.ts'
import { throughputText } from '../../search/table.ts'
import { formatRate } from '../../words/numbers.ts'
import { roughTime } from '../../words/wall-time.ts'
import { textTable } from './text-table.ts'

/** Title and table of each kind, newest first. */
export function keptTables(results: string): [title: string, table: string][] {
  const inStore =
    <Kept>({ read }: KindStore<Kept>, wordsOf: (kept: Kept) => string[]) =>
    ({ folder }: Stored) =>
      wordsOf(read(results, folder).kept)
  const hostsOf = ({ folder }: Stored) => hostWords(readFleet(results, folder).fleet)
  return [
    ...tableOf('Sweeps', ['sweep', 'points', 'over'], sweeps.list(results), inStore(sweeps, sweepWords)),
    ...tableOf('Fleets', ['fleet', 'hosts measured'], fleets.list(results), hostsOf),
    ...tableOf('Searches', ['search', 'takes'], searches.list(results), inStore(searches, searchWords)),
    ...tableOf('Soaks', ['soak', 'rate and time'], soaks.list(results), inStore(soaks, soakWords)),
  ]
}

function tableOf(
  title: string,
  [kind = '', ...titles]: readonly string[],
  stored: readonly Stored[],
  wordsOf: (one: Stored) => string[],
): [string, string][] {
  const rows = stored.toReversed().map((one) => {
    try {
      return [one.id, one.scenario, ...wordsOf(one)]
    } catch {
      return [one.id, one.scenario, ...titles.map((_, index) => (index === 0 ? 'unreadable' : ''))]
    }
  })
  const columns = [kind, 'scenario', ...titles].map((name) => ({ title: name, align: 'left' as const }))
  return rows.length === 0 ? [] : [[title, textTable(columns, rows)]]
}

const sweepWords = ({ points, axes }: Sweep): string[] => [
  `${points.filter(({ state }) => state === 'measured').length} of ${points.length}`,
  axes.map(({ name, values }) => `${name} (${values.length})`).join(', '),
]

const hostWords = ({ hosts }: ReadFleet): string[] => [
  `${hosts.filter(({ record }) => record !== undefined).length} of ${hosts.length}`,
]

/** Of the first goal. */
const searchWords = ({ results, goals, complete }: Search): string[] => [
  [
    ...results
      .filter(({ goal }) => goal === goals[0]?.name)
      .map((result) => `${result.path} ${throughputText(result)}`),
    ...(complete ? [] : ['partial']),
  ].join(', '),
]

const soakWords = ({ ratePps, timeS, complete }: Soak): string[] => [
  `${formatRate(ratePps)}, ${roughTime(timeS)}${complete ? '' : ', partial'}`,
]
