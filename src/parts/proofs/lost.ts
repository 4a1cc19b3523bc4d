/** `lost`: how much of what is sent may never arrive. */
import { z } from 'zod'
import { bound, boundWords, judgesOf } from './bound.ts'
import { proofKind } from './proof.ts'

export const lost = proofKind({
  key: 'lost',
  words: { subject: '"lost"', relation: boundWords },
  forms: [
    z.strictObject({ lost: bound('Packets and HTTP requests that never arrive, in each kind of trial.') }),
  ],
  claim: ({ lost: most }) => ({
    words:
      most === 'none'
        ? 'no packet and no HTTP request is lost'
        : `at most ${most.atMost} of packets and of HTTP requests are lost`,
    judges: judgesOf({ count: 'lost', words: 'lost' }, most),
  }),
})
