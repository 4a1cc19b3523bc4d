/** Takes workflow commands apart as GitHub's runner does (actions/runner, ActionCommand). */

export interface WorkflowCommand {
  readonly command: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

const whole = /^::([a-z-]+) ([^\n\r]*?)::([^\n\r]*)$/

const unescapedMessage = (text: string): string =>
  text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')

const unescapedProperty = (text: string): string =>
  unescapedMessage(text.replaceAll('%3A', ':').replaceAll('%2C', ','))

/** @throws Error where a line is not a command */
export const readWorkflowCommands = (text: string): WorkflowCommand[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [, command = '', list = '', message = ''] = whole.exec(line) ?? []
      if (command === '') throw new Error(`not a command: ${line}`)
      const properties = list.split(',').map((pair) => {
        const at = pair.indexOf('=')
        return [pair.slice(0, at), unescapedProperty(pair.slice(at + 1))] as const
      })
      return { command, properties: Object.fromEntries(properties), message: unescapedMessage(message) }
    })
