/** Why a path is invalid, in words. Pure. */
import { BenchError } from '../host/errors.ts'
import { NotTakenAway } from './not-taken-away.ts'
import type { Proof } from '../record/record.ts'

/**
 * The reason that the rules of a path give which do not hold.
 *
 * @param delivery on whether packets arrived whole
 * @param way on which way they went
 * @returns undefined where all of them hold
 */
export function brokenReason(delivery: readonly Proof[], way: readonly Proof[]): string | undefined {
  const parts = [
    clause('it does not deliver what it is sent', delivery),
    clause('its packets did not go the way it says', way),
  ].filter((part) => part !== '')
  return parts.length === 0 ? undefined : parts.join('; ')
}

function clause(what: string, rules: readonly Proof[]): string {
  const broken = rules.filter(({ holds }) => !holds)
  return broken.length === 0 ? '' : `${what}: ${broken.map(describe).join(', ')}`
}

const describe = ({ what, observed, expected }: Proof): string => `${what}: ${observed}, expected ${expected}`

/** The reason that an error gives. */
export const reasonOf = ({ message, hint }: BenchError): string =>
  hint === undefined ? message : `${message} (${hint})`

/** The same of whatever was thrown: what is no fault of one path alone, or a defect of ours, is thrown on. */
export function thrownReason(error: unknown): string {
  if (!(error instanceof BenchError) || error instanceof NotTakenAway) throw error
  return reasonOf(error)
}
