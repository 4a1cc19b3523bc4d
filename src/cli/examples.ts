/** Examples at the end of a command's help: two at least that work when they are pasted. */

/** @param examples what to type, and what it is for */
export function examplesText(examples: readonly (readonly [command: string, what: string])[]): string {
  const width = Math.max(...examples.map(([command]) => command.length))
  return ['', 'Examples:', ...examples.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`)].join(
    '\n',
  )
}
