/** The processes that a process has started. */
import { readIfThere } from './kernel-file.ts'

/** Its children, and theirs, from the outside in. */
export function descendantsOf(pid: number): number[] {
  const children = readIfThere(`/proc/${pid}/task/${pid}/children`).split(' ').map(Number)
  const own = children.filter((child) => child > 0)
  return [...own, ...own.flatMap(descendantsOf)]
}
