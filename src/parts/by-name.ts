/** Finds parts by their names, which were checked where they entered. Pure. */

/**
 * A look-up in a list of parts.
 *
 * @param what what a part is called where there is none of a name: `hook`
 */
export function byName<Part>(
  parts: readonly Part[],
  nameOf: (part: Part) => string,
  what: string,
): (name: string) => Part {
  const named = new Map(parts.map((part) => [nameOf(part), part]))
  return (name) => {
    const part = named.get(name)
    if (part === undefined) throw new Error(`no ${what} ${name}`)
    return part
  }
}
