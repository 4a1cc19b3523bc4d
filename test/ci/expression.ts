/** Expressions of GitHub Actions, as far as the action uses them. */

/** What names stand for; those that lead nowhere are empty, as on GitHub. */
export type Context = Readonly<Record<string, unknown>>

const tokens = /'(?:[^']|'')*'|==|!=|&&|\|\||[()!]|[A-Za-z_][\w-]*(?:\.[\w-]+)*(?:\(\))?|\S/g

/** The value of an expression without its `${{ }}`. @throws Error at what it does not know */
export function evaluate(expression: string, context: Context): unknown {
  const list = expression.match(tokens) ?? []
  let place = 0
  const take = (word: string): boolean => {
    if (list[place] !== word) return false
    place++
    return true
  }
  const either = (): unknown => {
    let value = both()
    while (take('||')) {
      const other = both()
      value = isTrue(value) ? value : other
    }
    return value
  }
  const both = (): unknown => {
    let value = equality()
    while (take('&&')) {
      const other = equality()
      value = isTrue(value) ? other : value
    }
    return value
  }
  const equality = (): unknown => {
    const value = single()
    if (take('==')) return textOf(value) === textOf(single())
    if (take('!=')) return textOf(value) !== textOf(single())
    return value
  }
  const single = (): unknown => {
    if (take('!')) return !isTrue(single())
    if (take('(')) {
      const value = either()
      if (!take(')')) throw new Error(`no closing bracket in ${expression}`)
      return value
    }
    const token = list[place++] ?? ''
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'")
    if (token === 'always()') return true
    if (!/^[A-Za-z_][\w.-]*$/.test(token)) throw new Error(`what is "${token}" in ${expression}?`)
    return token
      .split('.')
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], context)
  }
  const value = either()
  if (place < list.length) throw new Error(`what is "${list[place] ?? ''}" in ${expression}?`)
  return value
}

export const isTrue = (value: unknown): boolean => textOf(value) !== '' && value !== false

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' ? String(value) : ''

const embedded = /\$\{\{(.*?)\}\}/gs

/** A text with its expressions replaced by their values. */
export const interpolate = (text: string, context: Context): string =>
  text.replace(embedded, (_, expression: string) => textOf(evaluate(expression, context)))

/** Every dotted name in the expressions of a text; an `if` is one expression all by itself. */
export function namesIn(text: string, isBare = false): string[] {
  const expressions = isBare ? [text] : [...text.matchAll(embedded)].map(([, expression]) => expression ?? '')
  return expressions.flatMap((expression) =>
    (expression.match(tokens) ?? []).filter((token) => /^[A-Za-z_][\w-]*\./.test(token)),
  )
}
