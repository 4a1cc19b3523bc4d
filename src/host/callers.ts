/** The processes that called this one, and what is done when one of them goes. */
import { parentOf } from './process-state.ts'

const lookEveryMs = 2000

/** From the nearest on, up to the first process of all. */
function callersOf(pid: number): number[] {
  const parent = parentOf(pid)
  return parent === undefined || parent === 0 ? [] : [parent, ...callersOf(parent)]
}

/**
 * Ends this process as SIGTERM does once one of those that called it has ended, however far above: where a machine is reached
 * by ssh, nothing else tells that nobody waits any more.
 */
export function endWithCallers(): void {
  const callers = String(callersOf(process.pid))
  const timer = setInterval(() => {
    if (String(callersOf(process.pid)) === callers) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, lookEveryMs)
  timer.unref()
}
