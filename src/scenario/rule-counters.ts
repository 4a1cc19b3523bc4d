/** The counters that rules of proof name. Pure. */
import { type CounterName, parseCounterName } from './counter-name.ts'
import { type ProofRule, relationOf } from './schema.ts'
import { parseSum } from './sums.ts'

/** A counter that a rule names, and where in the file. */
export interface RuleCounter {
  readonly namespace: string
  /** As written. */
  readonly text: string
  /** Undefined where it is no name of a counter. */
  readonly name: CounterName | undefined
  /** The rule's place in its list. */
  readonly index: number
  /** The rule's key that it stands under. */
  readonly key: string
}

/** All of them, in the order in which they are written. */
export const countersOfRules = (rules: readonly ProofRule[]): RuleCounter[] =>
  rules.flatMap((rule, index) => {
    if (!('counter' in rule) && !('program' in rule)) return []
    const { relation, amount } = relationOf(rule)
    return [
      ...('counter' in rule ? countersIn(rule.counter, index, 'counter') : []),
      ...countersIn(amount, index, relation),
    ]
  })

const countersIn = (sum: string, index: number, key: string): RuleCounter[] =>
  parseSum(sum).flatMap((term) =>
    term.of === 'counter'
      ? [{ namespace: term.namespace, text: term.name, name: parseCounterName(term.name), index, key }]
      : [],
  )
