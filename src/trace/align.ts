/** Ways of several paths beside each other: one list of stations, in which each path has some. Pure. */

/**
 * A list that has all of these in it, each in its own order: the longest common part of two lists comes together, and
 * what only one has stands where that one has it.
 */
export const align = (lists: readonly (readonly string[])[]): string[] =>
  lists.reduce<string[]>((one, other) => merge(one, other), [])

function merge(one: readonly string[], other: readonly string[]): string[] {
  const common = commonLengths(one, other)
  const at = (row: number, column: number) => common[row]?.[column] ?? 0
  const merged: string[] = []
  let [row, column] = [0, 0]
  while (row < one.length || column < other.length) {
    const [mine, theirs] = [one[row], other[column]]
    if (mine !== undefined && mine === theirs) {
      merged.push(mine)
      row += 1
      column += 1
    } else if (theirs === undefined || (mine !== undefined && at(row + 1, column) >= at(row, column + 1))) {
      merged.push(mine!)
      row += 1
    } else {
      merged.push(theirs)
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
