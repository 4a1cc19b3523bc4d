/** What a process is doing. */
import { readIfThere } from './kernel-file.ts'

/** Whether a signal has stopped it: its state is the first field after the name in parentheses (proc_pid_stat(5)). */
export function isProcessStopped(pid: number): boolean {
  const stat = readIfThere(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T')
}
