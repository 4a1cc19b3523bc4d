/** Rules that bound what went wrong of what was sent, by both ends' own counts: `none`, or a share. */
import { loadOf } from '../loads/loads.ts'
import { z } from 'zod'
import type { CheckedRule } from './checked-rule.ts'
import type { KindDelivery } from '../delivery.ts'
import type { Judges } from './proof.ts'

/** What is said of a subject that is bounded. */
export const boundWords = 'with none or { atMost: 0.1% }'

const percentage = z
  .string()
  .regex(/^\d+(\.\d+)?\s*%$/, 'a share in per cent, as in 0.1%')
  .refine((text) => parseFloat(text) <= 100, { error: 'a share of at most 100%' })
  .describe('Of what was sent in each kind of trial.')

/** None, or a share of what was sent. */
export type Bound = 'none' | { readonly atMost: string }

/** A bound, as the file may have it. */
export const bound = (words: string) =>
  z
    .union([z.literal('none'), z.strictObject({ atMost: percentage })], {
      error: 'none, or { atMost: 0.1% }',
    })
    .describe(words)

/** What is bounded. */
interface Fault {
  readonly count: 'lost' | 'reordered' | 'duplicated' | 'corrupted' | 'misdirected'
  /** What befell the packets, as in `packets of flood trials lost`. */
  readonly words: string
}

/** Judges a fault in each kind of trial: many packets of one kind do not hide what another lost. */
export const judgesOf = (fault: Fault, most: Bound): Judges => ({
  delivery: (deliveries) => deliveries.map((delivery) => judgeBound(fault, most, delivery)),
})

function judgeBound({ count, words }: Fault, bound: Bound, delivery: KindDelivery): CheckedRule {
  const observed = delivery[count]
  const { name } = delivery
  const share = bound === 'none' ? 0 : parseFloat(bound.atMost) / 100
  const most = Math.floor(delivery.sent * share)
  return {
    what: `${loadOf(delivery.kind).words.ofTrials}${name === undefined ? '' : ` (${name})`} ${words}`,
    relation: 'atMost',
    amount: bound === 'none' ? '0' : `${bound.atMost} of what was sent`,
    least: 0,
    most,
    observed,
    holds: observed <= most,
  }
}
