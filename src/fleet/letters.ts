/** Groups of things that do not differ, as letters. Pure. */

/** As many groups as there are letters for. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/**
 * Letters for things of which some pairs differ: two that share a letter do not, and two that do not differ share one.
 *
 * Source: Piepho 2004, "An algorithm for a letter-based representation of all-pairwise comparisons", J. Comput. Graph.
 * Stat. 13(2): a group that holds both of a pair is put twice, without the one and without the other; what is
 * part of another group goes.
 *
 * @param count things, in the order in which letters are given
 * @param differing pairs of indices
 * @returns the letters of each; none where there are more groups than letters
 */
export function lettersOf(count: number, differing: readonly (readonly [number, number])[]): string[] {
  let groups: ReadonlySet<number>[] =
    count === 0 ? [] : [new Set(Array.from({ length: count }, (_, index) => index))]
  for (const [one, other] of differing) {
    groups = withoutParts(
      groups.flatMap((group) =>
        group.has(one) && group.has(other) ? [without(group, one), without(group, other)] : [group],
      ),
    )
    if (groups.length > alphabet.length) return Array.from({ length: count }, () => '')
  }
  const inOrder = groups.toSorted(
    (a, b) => Math.min(...a) - Math.min(...b) || Math.max(...a) - Math.max(...b),
  )
  return Array.from({ length: count }, (_, index) =>
    inOrder.flatMap((group, place) => (group.has(index) ? [alphabet[place]!] : [])).join(''),
  )
}

const without = (group: ReadonlySet<number>, one: number): ReadonlySet<number> =>
  new Set([...group].filter((each) => each !== one))

const withoutParts = (groups: readonly ReadonlySet<number>[]): ReadonlySet<number>[] =>
  groups.filter(
    (group, place) =>
      !groups.some(
        (other, at) =>
          at !== place &&
          [...group].every((one) => other.has(one)) &&
          // Of two that are the same, the first stays.
          (other.size > group.size || at < place),
      ),
  )
