/** What is well-formed YAML, and yet no value that could be worked with. Pure. */
import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml'

/** Something wrong, and where in the text. */
export interface Fault {
  readonly message: string
  readonly offset: number
}

/**
 * The most values that a file may come to when every alias stands for what it repeats. Aliases of aliases grow
 * without bound ("billion laughs"); a file that merely repeats itself stays far below.
 */
const mostValues = 100_000

/** Values within values, beyond what anyone writes: what works on them calls itself for each. */
const deepest = 200

/** What is wrong with a parsed document, in its order. */
export function faultsOf(contents: unknown): Fault[] {
  const walk = new Walk()
  const size = walk.sizeOf(contents, 0)
  if (walk.faults.length === 0 && size > mostValues)
    walk.faults.push({
      message: `its aliases repeat so much that it comes to more than ${mostValues} values`,
      offset: walk.largestAliasAt,
    })
  return walk.faults
}

const startOf = (node: unknown): number =>
  (node as { range?: readonly [number, ...number[]] } | null)?.range?.[0] ?? 0

class Walk {
  readonly faults: Fault[] = []
  /** Where the alias stands that repeats most. */
  largestAliasAt = 0
  #largest = 0
  /** What each anchor stands for so far, and how many values that comes to; undefined while it is open. */
  readonly #anchors = new Map<string, number | undefined>()

  /** How many values a node comes to, itself included. */
  sizeOf(node: unknown, depth: number): number {
    if (depth > deepest) {
      if (this.faults.length === 0) this.#fault(`more than ${deepest} values within each other`, node)
      return 1
    }
    if (isAlias(node)) return this.#aliasSize(node)
    const anchor = (node as { anchor?: string } | null)?.anchor
    if (anchor !== undefined) this.#anchors.set(anchor, undefined)
    const size = 1 + this.#innerSize(node, depth)
    if (anchor !== undefined) this.#anchors.set(anchor, size)
    return size
  }

  #innerSize(node: unknown, depth: number): number {
    if (isSeq(node)) return node.items.reduce<number>((sum, item) => sum + this.sizeOf(item, depth + 1), 0)
    if (!isMap(node)) return 0
    const keys = new Set<string>()
    let size = 0
    for (const item of node.items) {
      if (!isPair(item)) continue
      this.#checkKey(item.key, keys)
      size += 1 + this.sizeOf(item.value, depth + 1)
    }
    return size
  }

  #checkKey(key: unknown, known: Set<string>): void {
    if (!isScalar(key)) {
      this.#fault('expected a text as key', key)
      return
    }
    if (key.anchor !== undefined) this.#anchors.set(key.anchor, 1)
    const name = String(key.value)
    // JavaScript's objects have a setter of this name: a value that is put there vanishes.
    if (name === '__proto__') this.#fault('expected another name than "__proto__"', key)
    if (known.has(name)) this.#fault('Map keys must be unique', key)
    known.add(name)
  }

  #aliasSize(alias: { readonly source: string }): number {
    const size = this.#anchors.get(alias.source)
    if (size === undefined) {
      const message = this.#anchors.has(alias.source)
        ? `the alias "*${alias.source}" stands within what it repeats`
        : `no anchor "&${alias.source}" before this alias`
      this.#fault(message, alias)
      return 1
    }
    if (size > this.#largest) {
      this.#largest = size
      this.largestAliasAt = startOf(alias)
    }
    return size
  }

  #fault(message: string, node: unknown): void {
    this.faults.push({ message, offset: startOf(node) })
  }
}
