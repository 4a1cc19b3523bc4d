/** The tables of what is measured at rates. A row of a search is a goal or a trial, one of a soak a stretch. Pure. */
import { capacityRatio } from '../record/capacity.ts'
import type { Search } from '../record/search.ts'
import type { Soak } from '../record/soak.ts'
import { csvOf } from './csv-text.ts'

/** `search.csv`: what each path was found to take, for every goal. */
export function searchCsv(search: Search): string {
  const rows = search.results.map((result) => {
    const { path, goal, state, why, lowerPps, upperPps, throughputPps, limits } = result
    const ratio = capacityRatio(search, result)
    return {
      ...{ searchId: search.searchId, path, goal, state, why, lowerPps, upperPps, throughputPps },
      ...{ ratio: ratio?.estimate, ratioLow: ratio?.low, ratioHigh: ratio?.high, limitedBy: limits?.by },
    }
  })
  return csvOf(
    [
      ...['searchId', 'path', 'goal', 'state', 'why', 'lowerPps', 'upperPps', 'throughputPps'],
      ...['ratio', 'ratioLow', 'ratioHigh', 'limitedBy'],
    ],
    rows,
  )
}

/** How a path stands: what is measured of one that is invalid says nothing of it. */
const statusOf = (paths: Search['paths'], name: string): string | undefined =>
  paths.find((path) => path.name === name)?.status

const lossColumns = ['notOffered', 'atSocket', 'onPath']

/** `trials.csv`: every trial, in the order in which they were run. */
export const trialsCsv = ({ searchId, trials, paths }: Search): string =>
  csvOf(
    [
      ...['searchId', 'atS', 'path', 'ratePps', 'durationS', 'packets', 'received'],
      ...[...lossColumns, 'senderCpuShare', 'preempted', 'status'],
    ],
    trials.map(({ loss, ...trial }) => ({
      searchId,
      ...trial,
      ...loss,
      status: statusOf(paths, trial.path),
    })),
  )

/** `soak.csv`: what became of the rate in every stretch, and what the machine held at its end. */
export function soakCsv({ soakId, ratePps, paths, stretches, holdings }: Soak): string {
  const starts = [...new Set(stretches.map(({ atS }) => atS))]
  const rows = stretches.map(({ loss, ...stretch }) => ({
    ...{ soakId, ratePps, ...stretch, ...loss },
    ...{ ...holdings[starts.indexOf(stretch.atS)], atS: stretch.atS, status: statusOf(paths, stretch.path) },
  }))
  return csvOf(
    [
      ...['soakId', 'atS', 'path', 'ratePps', 'offeredS', 'packets', 'received', ...lossColumns],
      ...['p50Ns', 'p90Ns', 'p99Ns', 'p999Ns', 'maxNs', 'kernelBytes', 'availableBytes', 'status'],
    ],
    rows,
  )
}
