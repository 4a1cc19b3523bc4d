/** The sizes of a run's UDP payloads, in words. */
import type { RunRecord } from '../record/record.ts'
import { listed } from './delivery-words.ts'
import { formatCount } from './numbers.ts'

/** `64`, or of trials that differ `64 and 1,400`; undefined where a run had none. */
export function payloadWords({ payloadBytes, trials }: RunRecord['settings']): string | undefined {
  const sizes = new Set([payloadBytes, ...trials.flatMap((trial) => trial.payloadBytes ?? [])])
  sizes.delete(0)
  return sizes.size === 0 ? undefined : listed([...sizes].toSorted((a, b) => a - b).map(formatCount))
}
