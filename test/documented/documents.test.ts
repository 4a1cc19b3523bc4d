import { readFileSync } from 'node:fs'
import { asRoot } from '../netns/as-root.ts'
import { inProject } from '../netns/bench-command.ts'
import { commandsIn, shorten } from './documented-commands.ts'
import { typingInto } from './reader.ts'

/** Runs this short find what they find: what counts is that a command does its work. */
const judges = /\bbench (ab|check) /

/** It runs these tests. */
const isThisTest = (command: string): boolean => command === 'sudo npm test'

for (const [document, place] of [
  ['README.md', 'project'],
  ['docs/ci.md', 'repository'],
] as const)
  asRoot(`every command in ${document} does its work, one after the other`, async (t) => {
    t.timeout(10 * 60 * 1000)
    const type = await typingInto(t, place)
    const commands = commandsIn(readFileSync(inProject(document), 'utf8')).filter(
      (command) => !isThisTest(command),
    )
    t.true(commands.length >= 6, commands.join('\n'))
    for (const command of commands) {
      const { exitCode, stdout, stderr } = await type(shorten(command))
      const expected = judges.test(command) ? [0, 5] : [0]
      t.true(expected.includes(exitCode ?? NaN), `${command}\nended with ${exitCode}:\n${stderr}${stdout}`)
    }
  })
