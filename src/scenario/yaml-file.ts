/** A YAML file whose every value can be traced back to its line. */
import { isMap, isScalar, isSeq, Lexer, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml'
import { faultsOf } from './yaml-faults.ts'

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
  /**
   * The line of the file on which the first line of a text stands, where each line of the text has one of the
   * file to itself, as in a block that begins with `|`; undefined elsewhere.
   */
  readonly firstTextLine: (path: FilePath) => number | undefined
  /** How many spaces a line of the file begins with. */
  readonly indentOf: (line: number) => number
}

/** Brackets within brackets, beyond what anyone writes: the parser's time grows with their square. */
const deepest = 100

/** Parses YAML 1.2; duplicate keys are errors, and so is what a value of JSON cannot be made of. */
export function parseYaml(text: string): YamlFile {
  const lineCounter = new LineCounter()
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset)
    return { line, column: col }
  }
  const tooDeep = lineOfTooDeep(text)
  if (tooDeep !== undefined)
    return broken([
      {
        path: [],
        message: 'more than 100 brackets within each other',
        position: { line: tooDeep, column: 1 },
      },
    ])
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    // Looked for among the faults: the parser compares every key with every other.
    uniqueKeys: false,
    // Whatever a file says of its version and tags, it holds what JSON has, and no dates, sets or bytes.
    schema: 'core',
    resolveKnownTags: false,
    logLevel: 'error',
  })
  const issues = [
    ...document.errors.map(({ code, message, pos }) => ({
      // The parser's own words are for programmers.
      message: code === 'MULTIPLE_DOCS' ? 'a second document begins here, and a file has one' : message,
      offset: pos[0],
    })),
    ...(document.errors.length > 0 ? [] : faultsOf(document.contents)),
  ].map(({ message, offset }) => ({ path: [], message, position: at(offset) }))
  const pairs = new PairFinder()
  const lines = text.split('\n')
  return {
    // The faults leave no alias that could grow beyond bounds.
    value: issues.length > 0 ? undefined : document.toJS({ maxAliasCount: -1 }),
    issues,
    positionOf: (path) => at(offsetOf(document.contents, path, pairs)),
    firstTextLine: (path) => {
      const node = nodeAt(document.contents, path, pairs)
      if (!isScalar(node) || node.type !== 'BLOCK_LITERAL') return undefined
      return at(node.range?.[0] ?? 0).line + 1
    },
    indentOf: (line) => /^ */.exec(lines[line - 1] ?? '')?.[0].length ?? 0,
  }
}

const broken = (issues: readonly Issue[]): YamlFile => ({
  value: undefined,
  issues,
  positionOf: () => ({ line: 1, column: 1 }),
  firstTextLine: () => undefined,
  indentOf: () => 0,
})

function lineOfTooDeep(text: string): number | undefined {
  let depth = 0
  let line = 1
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth += 1
    else if (token === ']' || token === '}') depth -= 1
    if (depth > deepest) return line
    for (const letter of token) if (letter === '\n') line += 1
  }
  return undefined
}

/** Finds pairs of maps by their key, each in one step: a file may have thousands of wrong ones. */
class PairFinder {
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string, YAMLMap['items'][number]>>()

  find(map: YAMLMap, key: string | number): YAMLMap['items'][number] | undefined {
    let own = this.#pairs.get(map)
    if (own === undefined) {
      own = new Map(
        map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : [])),
      )
      this.#pairs.set(map, own)
    }
    return own.get(String(key))
  }
}

/** The offset of the key or item that `path` leads to, as deep as the file goes. */
function offsetOf(root: Node | null, path: FilePath, pairs: PairFinder): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const step of path) {
    const pair = isMap(node) ? pairs.find(node, step) : undefined
    const next = pair === undefined ? (isSeq(node) ? node.items[Number(step)] : undefined) : pair.value
    if (pair === undefined && next === undefined) break
    const marked = (pair?.key ?? next) as Node | undefined
    offset = marked?.range?.[0] ?? offset
    node = next
  }
  return offset
}

function nodeAt(root: Node | null, path: FilePath, pairs: PairFinder): unknown {
  return path.reduce<unknown>((node, step) => {
    if (isMap(node)) return pairs.find(node, step)?.value
    return isSeq(node) ? node.items[Number(step)] : undefined
  }, root)
}
