/** Reads a page strictly: tags that do not nest, or attributes without quotes, are errors. */

export interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly parents: readonly string[]
  /** Text directly inside, entities as they stand. */
  readonly text: string
}

const voidElements = new Set(['meta', 'br', 'hr', 'img', 'input', 'link'])
const tagPattern = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<>]*")?)*)\s*(\/?)>|<!doctype html>/g

const attributesOf = (source: string): Map<string, string> =>
  new Map(
    Array.from(source.matchAll(/([\w:-]+)(?:="([^"]*)")?/g), ([, name = '', value = '']) => [name, value]),
  )

/** All elements in document order. */
export const readHtml = (html: string): Element[] => {
  const elements: Element[] = []
  const open: { name: string; index: number }[] = []
  let end = 0
  const take = (text: string): void => {
    if (text.includes('<')) throw new Error(`Could not read as HTML: ${text.slice(0, 120)}`)
    const index = open.at(-1)?.index
    const element = index === undefined ? undefined : elements[index]
    if (index !== undefined && element) elements[index] = { ...element, text: element.text + text }
  }
  for (const match of html.matchAll(tagPattern)) {
    const [whole, closing, name = '', attributes = '', selfClosing] = match
    take(html.slice(end, match.index))
    end = match.index + whole.length
    if (name === '') continue
    if (closing) {
      const last = open.pop()
      if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name ?? 'nothing'}>`)
      continue
    }
    const parents = open.map((each) => each.name)
    elements.push({ name, attributes: attributesOf(attributes), parents, text: '' })
    if (!selfClosing && !voidElements.has(name)) open.push({ name, index: elements.length - 1 })
  }
  take(html.slice(end))
  if (open.length > 0) throw new Error(`<${open.at(-1)?.name}> is never closed`)
  return elements
}
