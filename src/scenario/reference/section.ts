/** A part of a scenario file that the reference explains. */

/** A step into JSON Schema: a key, what a list holds (`[]`), what stands under every name (`*`), or an alternative. */
export type Step = string | number

export interface Section {
  readonly title: string
  readonly level: 2 | 3
  /** Leads to what is explained, in the schema. */
  readonly at: readonly Step[]
  /** What there is to know beside the keys. */
  readonly words?: string
  /** A piece of a scenario file, from its outermost key. */
  readonly example?: string
}
