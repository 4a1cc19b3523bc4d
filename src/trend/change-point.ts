/** Where the level of a series changes. */
export interface ChangePoint {
  /** Index of the first value of the new level. */
  readonly at: number
  /** Index of the value after which it was found. */
  readonly foundAt: number
  readonly pValue: number
}
