/** Lines that a GitHub Actions runner reads from a step's output as annotations. */

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  /** Lines are kept. */
  readonly message: string
  readonly place?: Place
}

/** Where in the repository it belongs. */
export interface Place {
  readonly file: string
  readonly line?: number
}

/** `::error file=…,line=…,title=…::message` */
export function workflowCommand({ level, title, message, place }: Annotation): string {
  const properties = {
    ...(place === undefined ? {} : { file: place.file }),
    ...(place?.line === undefined ? {} : { line: String(place.line) }),
    title,
  }
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`)
  return `::${level} ${list.join(',')}::${escapeMessage(message)}`
}

// What the runner undoes: in a message %, CR and LF; in a property also what parts one from the next.
const escapeMessage = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string): string =>
  escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
