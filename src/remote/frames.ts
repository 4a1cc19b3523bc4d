/** Requests and answers in frames over a stream, as sandbox/runner has them. */

/** Bytes of a number. */
const numberBytes = 4

/** Tells the other end that this one is there. */
export const heartbeat = Buffer.alloc(numberBytes)

export class Frames {
  readonly #write: (bytes: Buffer) => void
  readonly #waiting = new Map<number, (answer: Buffer) => void>()
  #last = 0
  #isClosed = false
  #heard: Buffer = Buffer.alloc(0)

  /** @param write to the other end */
  constructor(write: (bytes: Buffer) => void) {
    this.#write = write
  }

  /** The answer to a request; empty where the stream ends before. */
  ask(request: Buffer): Promise<Buffer> {
    if (this.#isClosed) return Promise.resolve(Buffer.alloc(0))
    this.#last += 1
    const number = this.#last
    const head = Buffer.alloc(2 * numberBytes)
    head.writeUInt32BE(numberBytes + request.length)
    head.writeUInt32BE(number, numberBytes)
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve)
      this.#write(Buffer.concat([head, request]))
    })
  }

  /** Takes what has come from the other end, wherever it is cut. */
  hear(bytes: Buffer): void {
    this.#heard = Buffer.concat([this.#heard, bytes])
    for (;;) {
      if (this.#heard.length < numberBytes) return
      const end = numberBytes + this.#heard.readUInt32BE()
      if (this.#heard.length < end) return
      const number = this.#heard.readUInt32BE(numberBytes)
      const answer = this.#heard.subarray(2 * numberBytes, end)
      this.#heard = this.#heard.subarray(end)
      this.#waiting.get(number)?.(answer)
      this.#waiting.delete(number)
    }
  }

  /** No answer comes any more. */
  close(): void {
    this.#isClosed = true
    for (const resolve of this.#waiting.values()) resolve(Buffer.alloc(0))
    this.#waiting.clear()
  }
}
