/** Rules of proof in a scenario file, made from the list of them: one subject and one relation each. */
import { z } from 'zod'
import { orText } from '../or-text.ts'
import { proofKinds } from './proofs.ts'

/** A rule as the file says it. */
export type ProofRule = z.infer<(typeof proofKinds)[number]['forms'][number]>

export const proofSchema = z.union(
  proofKinds.flatMap(({ forms }): readonly z.ZodType<ProofRule>[] => forms),
  { error: `one subject and what is said of it: ${kindsText()}` },
)

/** What rules there are: `a counter or a program with "equals", "atLeast" or "atMost"; "order: kept"`. */
function kindsText(): string {
  const alike = Map.groupBy(proofKinds, ({ words }) => words.relation ?? words.subject)
  return [...alike.values()]
    .map((kinds) => {
      const subjects = kinds.map(({ words }) => words.subject)
      const relation = kinds[0]?.words.relation
      return `${orText(subjects)}${relation === undefined ? '' : ` ${relation}`}`
    })
    .join('; ')
}
