/** `reordered`: how much of what is sent may arrive after a later packet of its flow. */
import { z } from 'zod'
import { bound, boundWords } from './bound.ts'
import { outOfOrder } from './out-of-order.ts'
import { proofKind } from './proof.ts'

export const reordered = proofKind({
  key: 'reordered',
  words: { subject: '"reordered"', relation: boundWords },
  forms: [
    z.strictObject({
      reordered: bound('Packets that arrive after a later one of their flow, in each kind of trial.'),
    }),
  ],
  claim: (rule) => outOfOrder(rule.reordered),
})
