/** `duplicates`: how much of what is sent may arrive once more. */
import { z } from 'zod'
import { bound, boundWords, judgesOf } from './bound.ts'
import { proofKind } from './proof.ts'

export const duplicates = proofKind({
  key: 'duplicates',
  words: { subject: '"duplicates"', relation: boundWords },
  forms: [
    z.strictObject({ duplicates: bound('Arrivals of what had arrived before, in each kind of trial.') }),
  ],
  claim: ({ duplicates: most }) => ({
    words: most === 'none' ? 'no packet arrives twice' : `at most ${most.atMost} of packets arrive twice`,
    judges: judgesOf({ count: 'duplicated', words: 'that came once more' }, most),
  }),
})
