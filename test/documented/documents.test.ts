import { readFileSync } from 'node:fs'
import { asRoot } from '../netns/as-root.ts'
import { inProject } from '../netns/bench-command.ts'
import { commandsIn, shorten } from './documented-commands.ts'
import { typingInto } from './reader.ts'

/** The exit codes of a command that does its work. Runs this short find what they find, or cannot say. */
function rightCodes(command: string): readonly number[] {
  if (/\bbench (ab|check) /.test(command)) return [0, 5]
  return command.includes(' --precision ') ? [0, 4] : [0]
}

/** It runs these tests. */
const isThisTest = (command: string): boolean => command === 'sudo npm test'

for (const [document, place] of [
  ['README.md', 'project'],
  ['docs/using.md', 'project'],
  ['docs/scenarios.md', 'project'],
  ['docs/own-paths.md', 'project'],
  ['docs/method.md', 'project'],
  ['docs/capacity.md', 'project'],
  ['docs/ci.md', 'repository'],
] as const)
  asRoot(`every command in ${document} does its work, one after the other`, async (t) => {
    t.timeout(10 * 60 * 1000)
    const type = await typingInto(t, place)
    const commands = commandsIn(readFileSync(inProject(document), 'utf8')).filter(
      (command) => !isThisTest(command),
    )
    t.true(commands.length >= 2, commands.join('\n'))
    for (const command of commands) {
      const { exitCode, stdout, stderr } = await type(shorten(command))
      t.true(
        rightCodes(command).includes(exitCode ?? NaN),
        `${command}\nended with ${exitCode}:\n${stderr}${stdout}`,
      )
    }
  })
