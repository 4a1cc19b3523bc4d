/** A disk that is full, for one file. */
import { readlinkSync, symlinkSync } from 'node:fs'

/** How many names are laid out for the parts of a file: each of a process's parts has the next number. */
export const fullParts = 99

/** Has the parts of a file lead to /dev/full, where writing fails as on a full disk (full(4)). */
export function fillDiskFor(file: string): void {
  const namespace = /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? ''
  for (let number = 1; number <= fullParts; number += 1)
    symlinkSync('/dev/full', `${file}.${namespace}-${process.pid}-${number}.part`)
}
