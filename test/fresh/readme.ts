/** The two commands that README gives to somebody who has just cloned the project. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface ReadmeCommands {
  /** The main job. */
  readonly run: string
  /** The tests. */
  readonly test: string
}

/** Reads them out of README: the first command of all, and the first of the section on developing. */
export function readmeCommands(): ReadmeCommands {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')
  const firstBlock = (part: string): string => {
    const block = /^```\n(.*?)\n```$/ms.exec(part)?.[1]
    if (block === undefined || block.includes('\n'))
      throw new Error(`no single command in: ${part.slice(0, 80)}`)
    return block
  }
  return { run: firstBlock(text), test: firstBlock(text.slice(text.indexOf('\n## Developing\n'))) }
}
