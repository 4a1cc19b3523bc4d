/** Ratios that are not what they say, whatever their interval. */
import type { Comparison } from '../record/record.ts'

const untrusted: ReadonlySet<Comparison['withheldFor']> = new Set([
  'work-moved',
  'undelivered',
  'emulated',
  'one-round',
])

/** Why a ratio must not be used; undefined where it may be. */
export const untrustedReason = ({ withheld, withheldFor }: Comparison): string | undefined =>
  withheldFor !== undefined && untrusted.has(withheldFor) ? withheld : undefined

/** Whether the path failed under it, rather than that it cannot be told. */
export const isUndelivered = ({ withheldFor }: Comparison): boolean => withheldFor === 'undelivered'
