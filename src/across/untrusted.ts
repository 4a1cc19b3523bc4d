/** Ratios that are not what they say, whatever their interval. */
import type { Comparison } from '../record/record.ts'

/** Why a ratio must not be used; undefined where it may be. */
export const untrustedReason = ({ withheld, withheldFor }: Comparison): string | undefined =>
  withheldFor === 'work-moved' || withheldFor === 'undelivered' || withheldFor === 'emulated'
    ? withheld
    : undefined

/** Whether the path failed under it, rather than that it cannot be told. */
export const isUndelivered = ({ withheldFor }: Comparison): boolean => withheldFor === 'undelivered'
