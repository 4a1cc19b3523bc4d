import { signalIfThere } from './signal-if-there.ts'

/**
 * Kills a process that was started `detached`, and all that it started, those that are stopped too. What else
 * holds its output would keep its end from being seen.
 */
export function killGroup(pid: number | undefined): void {
  if (pid !== undefined) signalIfThere(-pid, 'SIGKILL')
}
