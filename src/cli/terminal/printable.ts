/** Texts as a terminal, or the log of a CI job, may be given them. Pure. */

/** Colours and weights, as `styleText` writes them. */
const style = /\x1b\[(?:0|1|2|22|3[1-9]|9[0-7])m/

const control = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g

const escaped = (text: string): string =>
  text.replace(control, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

/**
 * `text` with every control character written as JSON escapes it, but for line feed and tab: what a record, a
 * scenario or a tool says can move no cursor and set no title. JSON stays the JSON that it was.
 *
 * @param mayStyle whether colours stay
 */
export function printable(text: string, mayStyle: boolean): string {
  if (!mayStyle) return escaped(text)
  const styles = text.match(new RegExp(style, 'g')) ?? []
  return text
    .split(style)
    .map((part, index) => escaped(part) + (styles[index] ?? ''))
    .join('')
}

/** What a line begins with that GitHub Actions, Azure Pipelines or TeamCity obey wherever it stands in a job's log. */
const command = /^(?=[^\S\n]*(?:::[a-z][\w-]*(?: [^\n]*)?::|##\w*\[))/gm

/** `text` without commands to who runs a CI job: a scenario, or somebody else's record, is not the one to give any. */
export const withoutCommands = (text: string): string => text.replace(command, '\\')
