/** Paths that were left out of a run or a trace, and why. They fail in any order, and are told in the scenario's. Pure. */

export const inOrderOf = (
  paths: readonly { readonly name: string }[],
  leftOut: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> =>
  new Map(
    paths.flatMap(({ name }) => {
      const reason = leftOut.get(name)
      return reason === undefined ? [] : [[name, reason]]
    }),
  )

/** As an error's details: a line for each path. */
export const leftOutLines = (
  paths: readonly { readonly name: string }[],
  leftOut: ReadonlyMap<string, string>,
): string => [...inOrderOf(paths, leftOut)].map(([path, reason]) => `${path}: ${reason}`).join('\n')
