/** Ways of several paths beside each other: one list of stations, in which each path has some. Pure. */

/** A place in that list, and by each path whether it has it. */
export interface Aligned {
  readonly key: string
  readonly has: readonly boolean[]
}

/**
 * A list that has all of these in it, each in its own order: the longest common part of two lists comes together, and
 * what only one has stands where that one has it. Where two paths pass stations in another order, one stands there twice.
 */
export const align = (lists: readonly (readonly string[])[]): Aligned[] =>
  lists.reduce<Aligned[]>((aligned, list, index) => merge(aligned, list, index), [])

/** @param before how many lists are in `aligned` */
function merge(aligned: readonly Aligned[], list: readonly string[], before: number): Aligned[] {
  const keys = aligned.map(({ key }) => key)
  const common = commonLengths(keys, list)
  const at = (row: number, column: number) => common[row]?.[column] ?? 0
  const merged: Aligned[] = []
  let [row, column] = [0, 0]
  while (row < aligned.length || column < list.length) {
    const [old, added] = [aligned[row], list[column]]
    if (old !== undefined && old.key === added) {
      merged.push({ ...old, has: [...old.has, true] })
      row += 1
      column += 1
    } else if (old !== undefined && (added === undefined || at(row + 1, column) >= at(row, column + 1))) {
      merged.push({ ...old, has: [...old.has, false] })
      row += 1
    } else {
      merged.push({ key: added ?? '', has: [...new Array<boolean>(before).fill(false), true] })
      column += 1
    }
  }
  return merged
}

/** Of each pair of ends how much they have in common. */
function commonLengths(one: readonly string[], other: readonly string[]): number[][] {
  const lengths = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0))
  for (let row = one.length - 1; row >= 0; row -= 1)
    for (let column = other.length - 1; column >= 0; column -= 1)
      lengths[row]![column] =
        one[row] === other[column]
          ? lengths[row + 1]![column + 1]! + 1
          : Math.max(lengths[row + 1]![column]!, lengths[row]![column + 1]!)
  return lengths
}
