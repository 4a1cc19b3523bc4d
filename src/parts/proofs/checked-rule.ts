/** What came of checking rules of proof, as numbers and in words. Pure. */

export type Relation = 'equals' | 'atLeast' | 'atMost'

/** What a rule was checked against. */
export interface CheckedRule {
  readonly what: string
  readonly relation: Relation
  /** The amount in words, e.g. `requests + replies`. */
  readonly amount: string
  /** Fewest and most packets that agree with the rule. */
  readonly least: number
  readonly most: number
  /** NaN where there is no such counter. */
  readonly observed: number
  /** In words, where there is no such counter. */
  readonly problem?: string
  readonly holds: boolean
}

/** A checked rule in words. */
export interface RuleInWords {
  readonly what: string
  readonly expected: string
  readonly observed: string
  readonly holds: boolean
}

/** That there was none of something. */
export const none = (what: string, observed: number): CheckedRule => ({
  what,
  relation: 'equals',
  amount: '0',
  least: 0,
  most: 0,
  observed,
  holds: observed === 0,
})

/** Rules as checked in several rounds, as one each: sums, and whether it held in every round. */
export function sumRounds(rounds: readonly (readonly CheckedRule[])[]): CheckedRule[] {
  const sums = new Map<string, CheckedRule>()
  for (const one of rounds.flat()) {
    const key = `${one.what} ${one.relation} ${one.amount}`
    const sum = sums.get(key)
    sums.set(key, sum === undefined ? one : addRound(sum, one))
  }
  return [...sums.values()]
}

function addRound(a: CheckedRule, b: CheckedRule): CheckedRule {
  const problem = a.problem ?? b.problem
  return {
    ...a,
    least: a.least + b.least,
    most: a.most + b.most,
    observed: a.observed + b.observed,
    ...(problem === undefined ? {} : { problem }),
    holds: a.holds && b.holds,
  }
}

const relationWords = { equals: '', atLeast: 'at least ', atMost: 'at most ' } as const

/** A checked rule as the record and the report show it. */
export function describeRule({
  what,
  relation,
  amount,
  least,
  most,
  observed,
  problem,
  holds,
}: CheckedRule): RuleInWords {
  const bound = relation === 'atMost' ? most : least
  const range = least === most || relation !== 'equals' ? `${bound}` : `${least} to ${most}`
  const isNone = amount === '0' && relation !== 'atLeast'
  return {
    what,
    // A range of a counter that is not there is no number.
    expected: isNone
      ? 'none'
      : `${relationWords[relation]}${Number.isNaN(bound) ? amount : `${range} (${amount})`}`,
    observed: problem ?? String(observed),
    holds,
  }
}
