/** Ends processes that do not go on: stopped by a signal, or held up for ever. */
import { descendantsOf } from './descendants.ts'
import { killGroup } from './kill-group.ts'
import { isProcessStopped } from './process-state.ts'

/** One who watches for as long as an end or an answer is waited for. */
export interface Watchdog {
  /** Why the process was killed, once it was. */
  readonly reason: () => string | undefined
  readonly callOff: () => void
}

/** Often enough for `limitS` to be kept, and seldom enough to disturb no trial. */
const lookEveryS = (limitS: number): number => Math.min(5, limitS)

/**
 * Looks after a process and those that it started, and kills them all if one is stopped (SIGSTOP, SIGTSTP) for two
 * looks in a row, or if they take `limitS`. Time is counted in looks, so that none passes while
 * pathbench itself is stopped.
 *
 * @param depth so many generations of those that it started are looked at; by default all
 */
export function watch(pid: number | undefined, limitS: number, depth = Infinity): Watchdog {
  let reason: string | undefined
  let looks = 0
  let wasStopped = false
  const everyS = lookEveryS(limitS)
  const timer = setInterval(() => {
    looks += 1
    const isStopped = pid !== undefined && [pid, ...descendantsOf(pid, depth)].some(isProcessStopped)
    if (isStopped && wasStopped) reason = 'it was stopped by a signal, and did not go on'
    else if (looks * everyS >= limitS) reason = `it did not end within ${Number(limitS.toFixed(1))} s`
    wasStopped = isStopped
    if (reason === undefined) return
    clearInterval(timer)
    killGroup(pid)
  }, everyS * 1000)
  return {
    reason: () => reason,
    callOff: () => {
      clearInterval(timer)
    },
  }
}
