/** What a rule of proof is: its piece of the scenario file, its words, what it reads, and how it is judged. */
import type { z } from 'zod'
import type { Need } from '../needs/need.ts'
import type { KindDelivery } from '../delivery.ts'
import type { Traffic } from '../traffic.ts'
import type { CheckedRule } from './checked-rule.ts'

/** What the kernel counted, by the name that `counter-name.ts` reads. */
export type Counters = ReadonlyMap<string, number>

/** How many flows came to a server. */
export interface ServerFlows {
  readonly namespace: string
  readonly flows: number
}

/** What rules are judged by: each is seen at a moment of its own. */
export interface Sights {
  /** Once a round, when the path was probed: how often its programs ran meanwhile, by name. */
  readonly probe: { readonly traffic: Traffic; readonly runs: ReadonlyMap<string, number> }
  /** At the end of each round: its traffic and what the kernel counted of it, by namespace. */
  readonly round: { readonly traffic: Traffic; readonly counters: ReadonlyMap<string, Counters> }
  /** After every block, and at the end: what both ends counted over the run so far, by kind of trial. */
  readonly delivery: readonly KindDelivery[]
  /** At the end: what each server got over the whole run. */
  readonly servers: readonly ServerFlows[]
}

/** A pure function for each of what a rule is judged by. */
export type Judges = {
  readonly [Sight in keyof Sights]?: (seen: Sights[Sight]) => readonly CheckedRule[]
}

/** The names that a rule may speak of. */
export interface PathNames {
  readonly programs: readonly { readonly program: string; readonly namespace: string }[]
  /** By namespace. */
  readonly devices: ReadonlyMap<string, readonly string[]>
}

/** What is wrong under a key of a rule. */
export interface WrongName {
  readonly key: string
  readonly message: string
}

/** A rule, as one path states it. */
export interface Claim {
  /** In the words of `bench show`. */
  readonly words: string
  /** What of the kernel it cannot be judged without. */
  readonly needs?: readonly Need[]
  /** The sums of counters that it reads, with the key that each stands under. */
  readonly sums?: readonly { readonly key: string; readonly text: string }[]
  /** Every name in it that the path does not have. */
  readonly check?: (path: PathNames) => readonly WrongName[]
  readonly judges: Judges
}

interface ProofKindParts<Forms extends readonly z.ZodType<object>[]> {
  /** The key that a rule of this kind has, and one of no other kind. */
  readonly key: string
  /** How the error tells it that lists what rules there are. */
  readonly words: {
    readonly subject: string
    /** What is said of the subject. Kinds of which the same is said are told together. */
    readonly relation?: string
  }
  /** Its piece of the schema: all shapes that a rule may have. */
  readonly forms: Forms
  /** What a rule claims. */
  readonly claim: (rule: z.infer<Forms[number]>) => Claim
}

/** A kind of rule. */
export interface ProofKind<Forms extends readonly z.ZodType<object>[]> extends Pick<
  ProofKindParts<Forms>,
  'key' | 'words' | 'forms'
> {
  /** What a rule claims, or undefined where it is of another kind. */
  readonly read: (rule: object) => Claim | undefined
}

/** Makes a kind of rule of its parts. */
export function proofKind<const Forms extends readonly z.ZodType<object>[]>({
  claim,
  ...kind
}: ProofKindParts<Forms>): ProofKind<Forms> {
  // Rules are parsed, and no two kinds have a key in common.
  const isOfKind = (rule: object): rule is z.infer<Forms[number]> => Object.hasOwn(rule, kind.key)
  return { ...kind, read: (rule) => (isOfKind(rule) ? claim(rule) : undefined) }
}
