/** `order: kept`: no packet arrives after a later one of its flow. */
import { z } from 'zod'
import { outOfOrder } from './out-of-order.ts'
import { proofKind } from './proof.ts'

export const order = proofKind({
  key: 'order',
  words: { subject: '"order: kept"' },
  forms: [
    z.strictObject({
      order: z.literal('kept').describe('No packet arrives after a later one of its flow.'),
    }),
  ],
  claim: () => outOfOrder('none'),
})
