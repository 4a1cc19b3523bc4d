/** What a gate demands. */

/** `>=`: at least. `<=`: at most. */
export type Comparator = '>=' | '<='

export type Rule =
  /** A path's ratio to the baseline path. */
  | {
      readonly kind: 'ratio'
      readonly path: string
      readonly metric: string
      readonly comparator: Comparator
      readonly limit: number
    }
  /** A path's own value; `limit` in the metric's unit. */
  | {
      readonly kind: 'level'
      readonly path: string
      readonly metric: string
      readonly comparator: Comparator
      readonly limit: number
    }
  /** No headline metric of a candidate is worse than before by more than `limit`, a share: 0.03 is 3 %. */
  | { readonly kind: 'regression'; readonly limit: number }
  /** Every path's proof holds. */
  | { readonly kind: 'valid' }

/** Where a gate is written. */
export interface GateSource {
  /** As shown to a user. */
  readonly file: string
  readonly line: number
  readonly column: number
}

export interface Gate {
  /** As written. */
  readonly text: string
  readonly source: GateSource
  readonly rule: Rule
  /** Where in `text` its path and metric begin, from 0: for errors about names. */
  readonly places: { readonly path: number; readonly metric: number }
}
