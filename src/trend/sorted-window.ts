/** Values in order of size, of which some come and some go. */
export class SortedWindow {
  readonly #space: Float64Array
  #length = 0

  /** @param most values held at once */
  constructor(most: number) {
    this.#space = new Float64Array(most)
  }

  /** The values, least first; good until the next change. */
  get rising(): Float64Array {
    return this.#space.subarray(0, this.#length)
  }

  add(value: number): void {
    const rank = this.#rankOf(value)
    this.#space.copyWithin(rank + 1, rank, this.#length++)
    this.#space[rank] = value
  }

  /** Takes out a value that was added. */
  remove(value: number): void {
    const rank = this.#rankOf(value)
    this.#space.copyWithin(rank, rank + 1, this.#length--)
  }

  /** Where `value` stands, or would stand. */
  #rankOf(value: number): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#space[middle]! < value) low = middle + 1
      else high = middle
    }
    return low
  }
}
