/** What the host in the middle takes for a packet, of the flood that is told of first: where there are several, each has its own. */
import type { RunRecord } from './record.ts'

type OwnCost = RunRecord['derived']['routerCost'][number]

/** By path. */
export const ownCosts = ({
  derived: { routerCost },
}: Pick<RunRecord, 'derived'>): ReadonlyMap<string, OwnCost> =>
  new Map(routerCost.filter(({ trial }) => trial === routerCost[0]?.trial).map((cost) => [cost.path, cost]))

/** Behind a title of such costs: which flood they are of, where there are several. */
export const ownCostTrial = ({ derived: { routerCost } }: Pick<RunRecord, 'derived'>): string =>
  routerCost[0]?.trial === undefined ? '' : ` (${routerCost[0].trial})`
