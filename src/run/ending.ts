/** When a run ends before its last round is over. */
import type { RunLog } from './run-log.ts'
import type { IsWorthwhile } from '../scenario/worthwhile.ts'
import type { RunInput, RunTools, Stopped } from './run-state.ts'

/** Once a run is to end it stays so. */
export class Ending {
  readonly #input: Pick<RunInput, 'plan' | 'paths'>
  readonly #tools: Pick<RunTools, 'signal' | 'stopwatch'>
  readonly #log: RunLog
  readonly #isWorthwhile: IsWorthwhile
  #stopped: Stopped = 'no'

  constructor(
    input: Pick<RunInput, 'plan' | 'paths'>,
    tools: Pick<RunTools, 'signal' | 'stopwatch'>,
    log: RunLog,
    isWorthwhile: IsWorthwhile,
  ) {
    this.#input = input
    this.#tools = tools
    this.#log = log
    this.#isWorthwhile = isWorthwhile
  }

  /** Why the run is to end, or `no`, by what was seen of it so far. */
  reason(): Stopped {
    const { paths } = this.#input
    if (this.#stopped === 'no' && !this.#isWorthwhile(paths, this.#log.remaining(paths)))
      this.#stopped = 'nothing-left'
    return this.#stopped
  }

  /** Whether the run ends before this round does: looks whether it was interrupted, and at the time. */
  isDue(): boolean {
    if (this.reason() === 'no') this.#stopped = this.#reasonNow()
    return this.#stopped !== 'no'
  }

  #reasonNow(): Stopped {
    if (this.#tools.signal.aborted) return 'interrupted'
    return this.spentS() > this.#longestS ? 'time' : 'no'
  }

  /** Whether somebody wants it to end: tools that were at work have ended with that. */
  isInterrupted(): boolean {
    return this.#tools.signal.aborted
  }

  /** Seconds spent on blocks. */
  spentS(): number {
    const { stopwatch } = this.#tools
    return stopwatch.secondsIn('measuring') + stopwatch.secondsIn('warmup')
  }

  /** A slow spell may lengthen a run by a tenth, not by more; a quick one, which it hits harder, by a half. */
  get #longestS(): number {
    const { maxTimeS, quick } = this.#input.plan
    return maxTimeS * (quick ? 1.5 : 1.1)
  }
}
