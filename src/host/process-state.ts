/** What a process is doing, by proc_pid_stat(5), and where. */
import { readlinkSync } from 'node:fs'
import { readIfThere } from './kernel-file.ts'

/** Fields from the third on: what comes before is the number, and the name in parentheses, which may hold blanks. */
export function statFields(processFolder: string): string[] {
  const stat = readIfThere(`${processFolder}/stat`)
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** Whether a signal has stopped it. */
export const isProcessStopped = (pid: number): boolean =>
  statFields(`/proc/${pid}`)[0]?.startsWith('T') === true

/** The process above it; undefined where it is gone. */
export function parentOf(pid: number): number | undefined {
  const parent = statFields(`/proc/${pid}`)[1]
  return parent === undefined ? undefined : Number(parent)
}

/** The PID namespace that a process is in; empty where it is gone. */
export function pidNamespaceOf(processFolder: string): string {
  try {
    return readlinkSync(`${processFolder}/ns/pid`)
  } catch {
    return ''
  }
}
