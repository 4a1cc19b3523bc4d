/** A round's traffic, and rules judged by it. */
import { judge } from '../../../src/parts/proofs/claims.ts'
import type { CheckedRule } from '../../../src/parts/proofs/checked-rule.ts'
import type { ProofRule } from '../../../src/parts/proofs/schema.ts'
import { noTraffic, type Traffic } from '../../../src/parts/traffic.ts'

/** 1000 requests and 100 replies; ten of each were lost on the way. */
export const traffic: Traffic = {
  ...noTraffic,
  requestsSent: 1000,
  requestsReceived: 990,
  repliesSent: 100,
  repliesReceived: 90,
  moved: 0,
}

/** A rule against a count of forwarded packets. */
export const judged = (rule: ProofRule, count: number): CheckedRule =>
  judge('round', [rule], {
    traffic,
    counters: new Map([['netns-2', new Map([['Ip.ForwDatagrams', count]])]]),
  })[0]!

export const forwarded = (equals: string): ProofRule => ({ counter: 'netns-2/Ip.ForwDatagrams', equals })
