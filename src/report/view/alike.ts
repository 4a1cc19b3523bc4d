/** What many paths have alike, said once. */
import { listed } from '../../words/delivery-words.ts'

export interface Alike<One> {
  /** Whose it is: at least one. */
  readonly members: readonly One[]
  readonly first: One
}

/** In the order of each group's first. */
export const alikeBy = <One>(all: readonly One[], keyOf: (one: One) => string): Alike<One>[] =>
  [...Map.groupBy(all, keyOf).values()].flatMap((members) => {
    const [first] = members
    return first === undefined ? [] : [{ members, first }]
  })

const mostNamed = 4

/** `all paths`; `a, b and c`; `a, b, c, d and 9 more`. */
export const namesOf = (names: readonly string[], countOfAll: number): string => {
  if (names.length > 1 && names.length === countOfAll) return 'all paths'
  return names.length <= mostNamed + 1
    ? listed(names)
    : listed([...names.slice(0, mostNamed), `${names.length - mostNamed} more`])
}
