/** How many files a process may have open: a run cannot do with less than its tools' pipes and its sockets take. */
import { BenchError } from './errors.ts'
import { readIfThere } from './kernel-file.ts'

/** With room to spare: Node alone takes some thirty. */
export const openFilesNeeded = 128

/** The limit that this process cannot raise, by /proc/self/limits; Infinity where there is none, or no telling. */
export function openFilesLimit(limits = readIfThere('/proc/self/limits')): number {
  const hard = /^Max open files +\S+ +(\d+)/m.exec(limits)?.[1]
  return hard === undefined ? Infinity : Number(hard)
}

/** @throws BenchError `machine` where too few files may be open */
export function requireOpenFiles(limit = openFilesLimit()): void {
  if (limit >= openFilesNeeded) return
  throw new BenchError(`Could not start: only ${limit} files may be open at a time`, {
    trouble: 'machine',
    hint: `raise the limit: ulimit -n 1024 (at least ${openFilesNeeded})`,
  })
}
