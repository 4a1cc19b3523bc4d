/** Items in their order, those that follow each other and are of one kind together. Pure. */
export function stretchesOf<Item>(items: readonly Item[], kindOf: (item: Item) => unknown): Item[][] {
  const stretches: Item[][] = []
  for (const item of items) {
    const last = stretches.at(-1)
    if (last?.[0] !== undefined && kindOf(last[0]) === kindOf(item)) last.push(item)
    else stretches.push([item])
  }
  return stretches
}
