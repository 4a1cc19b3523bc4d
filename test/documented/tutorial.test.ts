import { readFileSync } from 'node:fs'
import { asRoot } from '../netns/as-root.ts'
import { inProject } from '../netns/bench-command.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { shorten, stepsIn } from './documented-commands.ts'
import { typingInto } from './reader.ts'

/** The reader has a copy of the project already. */
const isDone = (command: string): boolean => command.startsWith('git clone ')

/** Runs this short may say more of a limit than a whole one, and of a loop of a thousand turns the same. */
const rightCodes = (command: string, endsWith: number): readonly number[] =>
  command.includes('/bench check ') ? [0, 5] : [endsWith]

asRoot('docs/tutorial.md can be followed word by word, and every command ends as it says', async (t) => {
  t.timeout(10 * 60 * 1000)
  const type = await typingInto(temporaryFolder(t), 'above')
  const steps = stepsIn(readFileSync(inProject('docs', 'tutorial.md'), 'utf8')).filter(
    ({ command }) => !isDone(command),
  )
  t.true(steps.length >= 20)
  for (const { command, endsWith } of steps) {
    const { exitCode, stdout, stderr } = await type(shorten(command))
    t.true(
      rightCodes(command, endsWith).includes(exitCode ?? NaN),
      `${command}\nended with ${exitCode}:\n${stderr}${stdout}`,
    )
  }
})
