/** How often another host was waited for. */

/** Counts waits for another host: what is asked while another answer is waited for adds none. */
export class RoundTrips {
  #waiting = 0
  #count = 0

  /** So far. */
  get count(): number {
    return this.#count
  }

  /** Waits for an answer. */
  async wait<Answer>(answer: PromiseLike<Answer>): Promise<Answer> {
    if (this.#waiting === 0) this.#count += 1
    this.#waiting += 1
    try {
      return await answer
    } finally {
      this.#waiting -= 1
    }
  }
}
