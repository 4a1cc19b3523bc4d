/** Rules for namespaces that are there already may only add: what others have there stays. Pure. */

/** Statements that change or take away what is there. */
const refused = new Set(['delete', 'destroy', 'flush', 'reset', 'replace'])

/** A line that goes on, a comment, a text, the ends of statements and blocks, and words. */
const tokens = /\\\n|#[^\n]*|"[^"]*"|[{};\n]|[^\s{};"#]+/g

/** Where a ruleset has such a statement, by line and column. */
export function refusedIn(ruleset: string): { line: number; column: number; message: string }[] {
  const found = []
  let [depth, begins] = [0, true]
  for (const { 0: token, index } of ruleset.matchAll(tokens)) {
    if (token === '\\\n' || token.startsWith('#')) continue
    if (depth === 0 && begins && refused.has(token))
      found.push({ ...placeOf(ruleset, index), message: reason(token) })
    depth += token === '{' ? 1 : token === '}' ? -1 : 0
    begins = [';', '\n', '}'].includes(token)
  }
  return found
}

function placeOf(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

const reason = (statement: string): string =>
  `"${statement}" reaches what others have: with "place: existing" rules are added in tables of their own, which go after a path's trials`
