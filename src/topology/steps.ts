/**
 * Steps: tools to be run one after the other inside the sandbox, as one shell script, so that they
 * cost pathbench one process together. Pure.
 */
import { quoted } from '../host/shell-word.ts'
import type { ToolCall } from '../host/tool.ts'

/** A tool to be run in the sandbox. */
export interface Step extends ToolCall {
  /** The file of the network namespace to run in; none is the sandbox's own. */
  readonly namespaceFile?: string
}

/** What follows on standard output when a step has ended well: the ASCII record separator. */
export const endOfStep = '\x1e'

/**
 * The script of POSIX sh that runs steps up to the first that fails, with its exit code.
 *
 * @param namespaceFolder where the files of network namespaces are
 */
export function stepsScript(steps: readonly Step[], namespaceFolder: string): string {
  return steps
    .map(({ command, input = '', namespaceFile }) => {
      const words = command.map(quoted).join(' ')
      const enter =
        namespaceFile === undefined
          ? ''
          : `nsenter --net=${quoted(`${namespaceFolder}/${namespaceFile}`)} -- `
      return `printf %s ${quoted(input)} | ${enter}${words} || exit\nprintf '\\036'\n`
    })
    .join('')
}
