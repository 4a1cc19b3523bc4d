/** Examples at the end of a command's help: two at least that work when they are pasted. */
import { asCalled } from '../../host/project.ts'

/** @param given what to type in a checkout, and what it is for */
export function examplesText(given: readonly (readonly [command: string, what: string])[]): string {
  const examples = given.map(([command, what]) => [asCalled(command), what] as const)
  const width = Math.max(...examples.map(([command]) => command.length))
  return ['', 'Examples:', ...examples.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`)].join(
    '\n',
  )
}
