/** Files that a scenario's own commands name: scripts and the like, in its folder. */
import { statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import type { OwnCommand } from '../scenario/commands.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** What a command's words are made of, as sh splits them into words. */
const parts = /[^\s"'`;|&()<>={}$,]+/g

/** Each once, as the commands name it: relative to the folder of the scenario. */
export function commandFiles({ paths, file }: Scenario): string[] {
  const commands = paths.flatMap(({ setup, agents, teardown }): readonly OwnCommand[] => [
    ...setup,
    ...agents,
    ...teardown,
  ])
  const named = commands.flatMap(({ words }) => words.flatMap((word) => [word, ...(word.match(parts) ?? [])]))
  return [...new Set(named.map(normalize))].filter((name) => isFileIn(dirname(file), name))
}

/** Whether a file of the folder, or below it, has the name. */
const isFileIn = (folder: string, name: string): boolean =>
  !/^(\/|\.\.(\/|$))/.test(name) && statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true
