/** Units as OpenMetrics wants them: in full and without a scale. */
import { wordsOf } from './metric-base.ts'

export interface BaseUnit {
  readonly unit: string
  /** What a value is multiplied by to be in it. */
  readonly factor: number
}

const units: Readonly<Record<string, BaseUnit>> = {
  ns: { unit: 'seconds', factor: 1e-9 },
  pps: { unit: 'packets_per_second', factor: 1 },
  rps: { unit: 'requests_per_second', factor: 1 },
  tps: { unit: 'transactions_per_second', factor: 1 },
  Bps: { unit: 'bytes_per_second', factor: 1 },
}

/** The base unit of a metric's unit; one that is not known stays as it is, in letters that a name may have. */
export const baseUnit = (unit: string): BaseUnit =>
  units[unit] ?? { unit: wordsOf(unit).join('_') || 'value', factor: 1 }
