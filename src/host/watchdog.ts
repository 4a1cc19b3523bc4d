/** Ends a process that does not go on: stopped by a signal, or held up for ever. */
import { readIfThere } from './kernel-file.ts'
import { killGroup } from './tool.ts'

/** One who watches for as long as an answer is waited for. */
export interface Watchdog {
  /** Why the process was killed, once it was. */
  readonly reason: () => string | undefined
  readonly callOff: () => void
}

const lookEveryS = 5

/**
 * Looks after a process and those that it started, and kills them all if one is stopped (SIGSTOP, SIGTSTP) for two
 * looks in a row, or if they take longer than `limitS`. Time is counted in looks, so that none passes while
 * pathbench itself is stopped.
 */
export function watch(pid: number | undefined, limitS: number): Watchdog {
  let reason: string | undefined
  let looks = 0
  let wasStopped = false
  const timer = setInterval(() => {
    looks += 1
    const isStopped = pid !== undefined && [pid, ...childrenOf(pid)].some(isProcessStopped)
    if (isStopped && wasStopped) reason = 'it was stopped by a signal, and did not go on'
    else if (looks * lookEveryS > limitS) reason = `it did not answer within ${Math.ceil(limitS)} s`
    wasStopped = isStopped
    if (reason === undefined) return
    clearInterval(timer)
    killGroup(pid)
  }, lookEveryS * 1000)
  return {
    reason: () => reason,
    callOff: () => {
      clearInterval(timer)
    },
  }
}

const childrenOf = (pid: number): number[] =>
  readIfThere(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .map(Number)
    .filter((child) => child > 0)

/** Its state is the first field after the name in parentheses (proc_pid_stat(5)). */
function isProcessStopped(pid: number): boolean {
  const stat = readIfThere(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T')
}
