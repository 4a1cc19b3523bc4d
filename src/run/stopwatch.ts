/** Where a run's wall time goes. */
import type { Phase } from './progress.ts'

/** Adds up time by phase; there is always one that runs, but for pauses. */
export class Stopwatch {
  readonly #spentNs = new Map<Phase, number>()
  #phase: Phase | undefined = 'setup'
  #since = process.hrtime.bigint()
  readonly #start = this.#since

  /** Ends the phase that runs and starts `phase`. */
  enter(phase: Phase): void {
    this.#turn(phase)
  }

  /** Ends the phase that runs: until the next, time belongs to something else. */
  pause(): void {
    this.#turn(undefined)
  }

  /** Adds what was spent before, ns by phase. */
  add(spentNs: Readonly<Record<string, number>>): void {
    for (const [phase, ns] of Object.entries(spentNs)) this.#spend(phase as Phase, ns)
  }

  #turn(phase: Phase | undefined): void {
    const now = process.hrtime.bigint()
    if (this.#phase !== undefined) this.#spend(this.#phase, Number(now - this.#since))
    this.#phase = phase
    this.#since = now
  }

  #spend(phase: Phase, ns: number): void {
    this.#spentNs.set(phase, (this.#spentNs.get(phase) ?? 0) + ns)
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
    this.#turn(this.#phase)
    return Object.fromEntries(this.#spentNs)
  }
}
