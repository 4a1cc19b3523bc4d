/** A YAML file whose every value can be traced back to its line. */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLMap } from 'yaml'

/** A way from the top of a file to a value in it. */
export type FilePath = readonly (string | number)[]

/** One thing that is wrong in a file. */
export interface Issue {
  readonly path: FilePath
  /** What was expected, and what stands there. */
  readonly message: string
  /** Line and column, where the parser knows them better than the path tells. */
  readonly position?: Position
}

export interface Position {
  readonly line: number
  readonly column: number
}

export interface YamlFile {
  readonly value: unknown
  /** What the parser found wrong: no value where there is any. */
  readonly issues: readonly Issue[]
  /** Where the value at `path` stands, or the nearest one above it that exists. */
  readonly positionOf: (path: FilePath) => Position
}

/** Parses YAML 1.2; duplicate keys are errors. */
export function parseYaml(text: string): YamlFile {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false })
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset)
    return { line, column: col }
  }
  const issues = document.errors.map(({ message, pos }) => ({ path: [], message, position: at(pos[0]) }))
  // The parser leaves these to be thrown by toJS().
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined)
        issues.push({
          path: [],
          message: `no anchor "&${alias.source}" before this alias`,
          position: at(alias.range?.[0] ?? 0),
        })
    },
  })
  return {
    value: issues.length > 0 ? undefined : document.toJS(),
    issues,
    positionOf: (path) => at(offsetOf(document.contents, path)),
  }
}

/** The offset of the key or item that `path` leads to, as deep as the file goes. */
function offsetOf(root: Node | null, path: FilePath): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const step of path) {
    const pair = isMap(node) ? pairOf(node, step) : undefined
    const next = pair === undefined ? (isSeq(node) ? node.items[Number(step)] : undefined) : pair.value
    if (pair === undefined && next === undefined) break
    const marked = (pair?.key ?? next) as Node | undefined
    offset = marked?.range?.[0] ?? offset
    node = next
  }
  return offset
}

const pairOf = (map: YAMLMap, key: string | number) =>
  map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key))
