/** The values since the last change, or the latest of them. */
import { winsorised } from './winsorised.ts'
import { SortedWindow } from './sorted-window.ts'

export class RecentValues {
  readonly #most: number
  readonly #inOrder: number[] = []
  readonly #sorted: SortedWindow
  readonly #space: Float64Array<ArrayBuffer>

  /** @param most values kept: the oldest makes way */
  constructor(most: number) {
    this.#most = most
    this.#sorted = new SortedWindow(most)
    this.#space = new Float64Array(most)
  }

  get length(): number {
    return this.#inOrder.length
  }

  add(value: number): void {
    if (this.length === this.#most) this.forget(1)
    this.#inOrder.push(value)
    this.#sorted.add(value)
  }

  /** Forgets the oldest `count`. */
  forget(count: number): void {
    for (let gone = 0; gone < count; gone++) this.#sorted.remove(this.#inOrder.shift()!)
  }

  /** In order of time, with those that lie far out drawn in; good until the next call. */
  winsorised(): Float64Array {
    return winsorised(this.#inOrder, this.#sorted.rising, this.#space)
  }
}
