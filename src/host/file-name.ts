/** Names that files and folders are made of. */

/**
 * Whether a name can be part of a path and stay where it is put: no separator, no `..`, nothing hidden, and no
 * longer than file systems take with an ending.
 */
export const isFileName = (name: string): boolean => /^[A-Za-z0-9_][\w.+@-]{0,127}$/.test(name)

/** A name with what a path cannot be made of replaced. */
export const asFileName = (name: string): string => name.replaceAll(/[^A-Za-z0-9_.+@-]/g, '_')
