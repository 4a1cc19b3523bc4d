/** A command that takes away what would stay in a namespace that is there already. */
export interface Undo {
  /** As the scenario calls it. */
  readonly namespace: string
  readonly words: readonly [string, ...string[]]
}
