/** Rules of proof on what was delivered, against both ends' own counts. Pure. */
import { loadOf } from '../parts/loads/loads.ts'
import type { Delivery } from '../results/record.ts'
import type { ProofRule } from '../scenario/schema.ts'
import type { Finding } from './proof.ts'

/** What a rule bounds, by the name that both the rule and the count have. */
const subjects = [
  { key: 'lost', count: 'lost', words: 'lost' },
  { key: 'reordered', count: 'reordered', words: 'that came after a later one of their flow' },
  { key: 'duplicates', count: 'duplicated', words: 'that came once more' },
] as const

/**
 * Checks the rules on loss, order and duplicates, in each kind of trial: many packets of one kind do not
 * hide what another lost.
 *
 * @param deliveries what both ends counted over the whole run, by kind of trial
 */
export function judgeDeliveryRules(rules: readonly ProofRule[], deliveries: readonly Delivery[]): Finding[] {
  return rules.flatMap((rule) => {
    const bound = boundOf(rule)
    return bound === undefined ? [] : deliveries.map((delivery) => judge(bound, delivery))
  })
}

interface Bound {
  readonly subject: (typeof subjects)[number]
  /** Of what was sent, 0..1. */
  readonly share: number
  readonly amount: string
}

function boundOf(rule: ProofRule): Bound | undefined {
  if ('order' in rule) return { subject: subjects[1], share: 0, amount: '0' }
  for (const subject of subjects) {
    const said = subject.key in rule ? (rule as Record<string, Said>)[subject.key] : undefined
    if (said === 'none') return { subject, share: 0, amount: '0' }
    if (said !== undefined)
      return { subject, share: parseFloat(said.atMost) / 100, amount: `${said.atMost} of what was sent` }
  }
  return undefined
}

type Said = 'none' | { readonly atMost: string }

function judge({ subject, share, amount }: Bound, delivery: Delivery): Finding {
  const observed = delivery[subject.count]
  const most = Math.floor(delivery.sent * share)
  return {
    what: `${loadOf(delivery.kind).words.ofTrials} ${subject.words}`,
    relation: 'atMost',
    amount,
    least: 0,
    most,
    observed,
    holds: observed <= most,
  }
}
