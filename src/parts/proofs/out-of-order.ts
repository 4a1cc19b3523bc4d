/** What rules claim that bound how much may arrive out of order. */
import { type Bound, judgesOf } from './bound.ts'
import type { Claim } from './proof.ts'

/** That no more than this arrives after a later packet of its flow. */
export const outOfOrder = (most: Bound): Claim => ({
  words: most === 'none' ? 'packets stay in order' : `at most ${most.atMost} of packets lose their place`,
  judges: judgesOf({ count: 'reordered', words: 'that came after a later one of their flow' }, most),
})
