/** Units of the Go benchmark format: they are what tells metrics apart there. */
import type { Direction } from '../stats/estimate.ts'
import { metricBase } from './metric-base.ts'

export interface GoUnit {
  readonly name: string
  readonly better: Direction
}

const words: Readonly<Record<string, string>> = {
  pps: 'pkts/s',
  rps: 'requests/s',
  tps: 'transactions/s',
  Bps: 'B/s',
}

/** `rtt-p50-ns`, which benchstat takes for a time and shows in seconds; `throughput-pkts/s`; `throughput-ratio`. */
export const goUnit = (
  { name, unit, better }: { readonly name: string; readonly unit: string; readonly better: Direction },
  isRatio: boolean,
): GoUnit => ({
  name: [...metricBase(name, unit), isRatio ? 'ratio' : (words[unit] ?? unit)].join('-'),
  better,
})

/** The lines that say which direction is better, once for each unit. */
export const goUnits = (units: readonly GoUnit[]): string[] =>
  [...new Map(units.map(({ name, better }) => [name, better]))].map(
    ([name, better]) => `Unit ${name} better=${better}`,
  )
