/** apt's package sources of this machine, turned to another release of the same distribution. */

/** A file of /etc/apt, in one of sources.list(5)'s two styles. */
export interface SourcesFile {
  readonly text: string
  readonly style: 'one-line' | 'deb822'
}

/**
 * The entries of a file that hold `from`'s own packages, for `to` instead; empty if there are none. What
 * others publish for a release (a suite of another name) is left out: a fresh machine has it not.
 */
export function sourcesFor({ text, style }: SourcesFile, from: string, to: string): string {
  return style === 'deb822' ? stanzasFor(text, from, to) : linesFor(text, from, to)
}

/** `bookworm`, `bookworm-updates` or `bookworm/updates`, as `to`; undefined if it is another's suite. */
function suiteFor(suite: string, from: string, to: string): string | undefined {
  const rest = /^(-updates|-security|\/updates|)$/
  return suite.startsWith(from) && rest.test(suite.slice(from.length))
    ? to + suite.slice(from.length)
    : undefined
}

function linesFor(text: string, from: string, to: string): string {
  const lines = text.split('\n').flatMap((line) => {
    const [, head, suite = '', components] = /^\s*(deb\s+(?:\[[^\]]*\]\s+)?\S+\s+)(\S+)(.*)$/.exec(line) ?? []
    const wanted = suiteFor(suite, from, to)
    return head === undefined || wanted === undefined ? [] : [`${head}${wanted}${components ?? ''}\n`]
  })
  return lines.join('')
}

function stanzasFor(text: string, from: string, to: string): string {
  const stanzas = text.split(/\n\s*\n/).flatMap((stanza) => {
    const lines = stanza.split('\n').filter((line) => !line.startsWith('#') && line.trim() !== '')
    const isOff = lines.some((line) => /^Enabled:\s*no/i.test(line))
    const suites = /^Suites:(.*)$/im.exec(lines.join('\n'))?.[1]?.trim().split(/\s+/) ?? []
    const wanted = suites.flatMap((suite) => suiteFor(suite, from, to) ?? [])
    if (isOff || wanted.length === 0) return []
    const rest = lines.filter((line) => !/^Suites:/i.test(line))
    return [`${[...rest, `Suites: ${wanted.join(' ')}`].join('\n')}\n`]
  })
  return stanzas.join('\n')
}

/** The key files that entries name, absolute paths, each once. */
export function keysNamedIn(sources: string): string[] {
  const named = sources.matchAll(/signed-by[:=]\s*(\/[^\s\],]+)/gi)
  return [...new Set([...named].map(([, file]) => file!))]
}
