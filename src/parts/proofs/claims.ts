/** What a path's rules of proof ask for, together. Knows none of them by name. Pure. */
import { type CounterName, parseCounterName } from './counter-name.ts'
import type { CheckedRule } from './checked-rule.ts'
import type { Claim, PathNames, Sights, WrongName } from './proof.ts'
import { proofKinds } from './proofs.ts'
import type { ProofRule } from './schema.ts'
import { parseSum } from './sums.ts'

/** What a rule claims. */
export function claimOf(rule: ProofRule): Claim {
  for (const kind of proofKinds) {
    const claim = kind.read(rule)
    if (claim !== undefined) return claim
  }
  throw new Error(`a rule of proof of no kind: ${JSON.stringify(rule)}`)
}

/** What of the kernel rules cannot be judged without, by name. */
export const needsOfRules = (rules: readonly ProofRule[]): string[] =>
  rules.flatMap((rule) => (claimOf(rule).needs ?? []).map(({ name }) => name))

/** Whether a rule is judged by this. */
export const isJudgedBy = (sight: keyof Sights, rules: readonly ProofRule[]): boolean =>
  rules.some((rule) => claimOf(rule).judges[sight] !== undefined)

/** Judges those rules that are judged by this. @param seen what was seen of it */
export const judge = <Sight extends keyof Sights>(
  sight: Sight,
  rules: readonly ProofRule[],
  seen: Sights[Sight],
): CheckedRule[] => rules.flatMap((rule) => claimOf(rule).judges[sight]?.(seen) ?? [])

/** A name in a rule that the path does not have. */
export interface WrongRule extends WrongName {
  /** The rule's place in its list. */
  readonly index: number
}

/** Every one of them. */
export const checkRules = (rules: readonly ProofRule[], path: PathNames): WrongRule[] =>
  rules.flatMap((rule, index) => (claimOf(rule).check?.(path) ?? []).map((wrong) => ({ ...wrong, index })))

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
  rules.flatMap((rule, index) =>
    (claimOf(rule).sums ?? []).flatMap(({ key, text: sum }) =>
      parseSum(sum).flatMap((term) => {
        if (term.of !== 'counter') return []
        const { namespace, name: text } = term
        return [{ namespace, text, name: parseCounterName(text), index, key }]
      }),
    ),
  )
