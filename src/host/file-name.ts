/** Names that files and folders are made of. */
import { createHash } from 'node:crypto'

/**
 * Whether a name can be part of a path and stay where it is put: no separator, no `..`, nothing hidden, and no
 * longer than file systems take with an ending.
 */
export const isFileName = (name: string): boolean => /^[A-Za-z0-9_][\w.+@-]{0,127}$/.test(name)

/** A name with what a path cannot be made of replaced. */
export const asFileName = (name: string): string => name.replaceAll(/[^A-Za-z0-9_.+@-]/g, '_')

/** Of a longer name the beginning. */
const mostKept = 100

/** A file name that no other name has: what was replaced or cut, or is hidden, is told apart by the name's digest. */
export function ownFileName(name: string): string {
  const kept = asFileName(name).slice(0, mostKept)
  return kept === name && isFileName(name)
    ? name
    : `${kept}-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`
}
