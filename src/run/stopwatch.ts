/** Where a run's wall time goes. */
import type { Phase } from './progress.ts'

/** Adds up time by phase; there is always one that runs. */
export class Stopwatch {
  readonly #spentNs = new Map<Phase, number>()
  #phase: Phase = 'setup'
  #since = process.hrtime.bigint()
  readonly #start = this.#since

  /** Ends the phase that runs and starts `phase`. */
  enter(phase: Phase): void {
    const now = process.hrtime.bigint()
    this.#spentNs.set(this.#phase, (this.#spentNs.get(this.#phase) ?? 0) + Number(now - this.#since))
    this.#phase = phase
    this.#since = now
  }

  /** Seconds spent in a phase, the running one included. */
  secondsIn(phase: Phase): number {
    const running = this.#phase === phase ? Number(process.hrtime.bigint() - this.#since) : 0
    return ((this.#spentNs.get(phase) ?? 0) + running) / 1e9
  }

  /** Seconds since the start. */
  elapsedS(): number {
    return Number(process.hrtime.bigint() - this.#start) / 1e9
  }

  /** ns by phase. */
  spentNs(): Record<string, number> {
    this.enter(this.#phase)
    return Object.fromEntries(this.#spentNs)
  }
}
