/** Units as OpenMetrics wants them: in full and without a scale. */
import { unitNamed } from '../parts/metrics/units.ts'
import { wordsOf } from './metric-base.ts'

export interface BaseUnit {
  readonly unit: string
  /** What a value is multiplied by to be in it. */
  readonly factor: number
}

/** The base unit of a metric's unit; one that is not known stays as it is, in letters that a name may have. */
export function baseUnit(unit: string): BaseUnit {
  const known = unitNamed(unit)
  if (known?.kind === 'time') return { unit: 'seconds', factor: 1e-9 }
  const words = wordsOf(known?.kind === 'rate' ? known.words : unit)
  return { unit: words.join('_') || 'value', factor: 1 }
}
