/** Files under /proc and /sys, which differ from kernel to kernel. */
import { readFileSync } from 'node:fs'

/** The text of a file, trimmed, or nothing where this kernel does not have it. */
export function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}
