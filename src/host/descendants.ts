/** The processes that a process has started. */
import { readIfThere } from './kernel-file.ts'

/** Its children, and theirs, from the outside in. @param depth so many generations; by default all */
export function descendantsOf(pid: number, depth = Infinity): number[] {
  if (depth < 1) return []
  const children = readIfThere(`/proc/${pid}/task/${pid}/children`).split(' ').map(Number)
  const own = children.filter((child) => child > 0)
  return [...own, ...own.flatMap((child) => descendantsOf(child, depth - 1))]
}
