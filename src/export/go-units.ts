/** Units of the Go benchmark format: they are what tells metrics apart there. */
import { type Unit, unitNamed } from '../parts/metrics/units.ts'
import { splitFigure } from '../parts/loads/trial-name.ts'
import type { Direction } from '../stats/estimate.ts'
import { metricBase } from './metric-base.ts'

export interface GoUnit {
  readonly name: string
  readonly better: Direction
}

const words: Readonly<Record<Unit, string>> = {
  pps: 'pkts/s',
  rps: 'requests/s',
  tps: 'transactions/s',
  Bps: 'B/s',
  ns: 'ns',
  ratio: 'ratio',
}

/** `rtt-p50-ns`, which benchstat takes for a time and shows in seconds; `throughput-pkts/s`; `throughput-ratio`. */
export const goUnit = (
  { name, unit, better }: { readonly name: string; readonly unit: string; readonly better: Direction },
  isRatio: boolean,
): GoUnit => ({
  name: [...metricBase(name, unit), splitFigure(name).trial ?? [], isRatio ? 'ratio' : wordOf(unit)]
    .flat()
    .join('-'),
  better,
})

/** One that is not known, as in a record of a later version, stays as it is. */
function wordOf(unit: string): string {
  const known = unitNamed(unit)
  return known === undefined ? unit : words[known.unit]
}

/** The lines that say which direction is better, once for each unit. */
export const goUnits = (units: readonly GoUnit[]): string[] =>
  [...new Map(units.map(({ name, better }) => [name, better]))].map(
    ([name, better]) => `Unit ${name} better=${better}`,
  )
