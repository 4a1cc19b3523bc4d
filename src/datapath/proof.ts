/** Proof that packets went the way a path says: expectation against the kernel's counters. Pure. */
import type { Proof } from '../results/record.ts'
import type { ProofRule } from '../scenario/schema.ts'
import type { Counters } from './counters.ts'

/** Packets of a path's trials as both ends counted them. What was sent and not received may have got anywhere. */
export interface Traffic {
  readonly requestsSent: number
  readonly requestsReceived: number
  readonly repliesSent: number
  readonly repliesReceived: number
}

export const noTraffic: Traffic = { requestsSent: 0, requestsReceived: 0, repliesSent: 0, repliesReceived: 0 }

/** The traffic of both. */
export const addTraffic = (a: Traffic, b: Traffic): Traffic => ({
  requestsSent: a.requestsSent + b.requestsSent,
  requestsReceived: a.requestsReceived + b.requestsReceived,
  repliesSent: a.repliesSent + b.repliesSent,
  repliesReceived: a.repliesReceived + b.repliesReceived,
})

/** What was observed over the same time. */
export interface Observation {
  readonly traffic: Traffic
  /** By namespace, as the scenario calls it. */
  readonly counters: ReadonlyMap<string, Counters>
}

/** What a rule was checked against. */
export interface Finding {
  readonly what: string
  readonly relation: 'equals' | 'atLeast'
  /** The amount in words, e.g. `requests + replies`. */
  readonly amount: string
  /** Fewest and most packets that agree with the rule. */
  readonly least: number
  readonly most: number
  /** NaN where the kernel has no such counter. */
  readonly observed: number
  readonly holds: boolean
}

/** Checks the rules on counters. Rules on program runs are checked by `judgeRuns`. */
export function judgeCounters(rules: readonly ProofRule[], { traffic, counters }: Observation): Finding[] {
  return rules.flatMap((rule): Finding[] => {
    if ('program' in rule) return []
    const [namespace = '', ...name] = rule.counter.split('/')
    // Of a counter that this kernel does not have nothing is known, not even that it stayed at 0.
    const observed = counters.get(namespace)?.get(name.join('/')) ?? NaN
    const relation = 'equals' in rule ? 'equals' : 'atLeast'
    const amount = 'equals' in rule ? rule.equals : rule.atLeast
    return [finding(rule.counter, relation, amount, traffic, observed)]
  })
}

/** Checks the rules on program runs. @param runs by program name, over the same time as `traffic` */
export function judgeRuns(
  rules: readonly ProofRule[],
  traffic: Traffic,
  runs: ReadonlyMap<string, number>,
): Finding[] {
  return rules.flatMap((rule): Finding[] =>
    'program' in rule
      ? [
          finding(
            `runs of ${rule.program} while probing`,
            'atLeast',
            rule.atLeast,
            traffic,
            runs.get(rule.program) ?? 0,
          ),
        ]
      : [],
  )
}

function finding(
  what: string,
  relation: Finding['relation'],
  amount: string,
  traffic: Traffic,
  observed: number,
): Finding {
  const { least, most } = rangeOf(amount, traffic)
  const holds = observed >= least && (relation === 'atLeast' || observed <= most)
  return { what, relation, amount, least, most, observed, holds }
}

/** Every packet received was counted; one that was sent and not received may have been. */
function rangeOf(amount: string, traffic: Traffic): { least: number; most: number } {
  const hasRequests = amount.includes('requests') ? 1 : 0
  const hasReplies = amount.includes('replies') ? 1 : 0
  return {
    least: hasRequests * traffic.requestsReceived + hasReplies * traffic.repliesReceived,
    most: hasRequests * traffic.requestsSent + hasReplies * traffic.repliesSent,
  }
}

/** Findings of several rounds as one each: sums, and whether it held in every round. */
export function sumFindings(rounds: readonly (readonly Finding[])[]): Finding[] {
  const sums = new Map<string, Finding>()
  for (const one of rounds.flat()) {
    const key = `${one.what} ${one.relation} ${one.amount}`
    const sum = sums.get(key)
    sums.set(
      key,
      sum === undefined
        ? one
        : {
            ...sum,
            least: sum.least + one.least,
            most: sum.most + one.most,
            observed: sum.observed + one.observed,
            holds: sum.holds && one.holds,
          },
    )
  }
  return [...sums.values()]
}

/** A finding as the record and the report show it. */
export function describeFinding({ what, relation, amount, least, most, observed, holds }: Finding): Proof {
  const range = least === most || relation === 'atLeast' ? `${least}` : `${least} to ${most}`
  const words = relation === 'atLeast' ? 'at least ' : ''
  return {
    what,
    expected: amount === '0' ? 'none' : `${words}${range} (${amount})`,
    observed: Number.isNaN(observed) ? 'no such counter' : String(observed),
    holds,
  }
}
