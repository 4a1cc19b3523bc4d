import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { asRoot, sharedAsRoot } from '../netns/as-root.ts'
import { inProject } from '../netns/bench-command.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { commandsIn, shorten } from './documented-commands.ts'
import { type Typing, typingInto } from './reader.ts'

/** The exit codes of a command that does its work. Runs this short find what they find, or cannot say. */
function rightCodes(command: string): readonly number[] {
  if (/\bbench (ab|check) /.test(command)) return [0, 5]
  return command.includes(' --precision ') ? [0, 4] : [0]
}

/** It runs these tests. */
const isThisTest = (command: string): boolean => command === 'sudo npm test'

/** What measures the same, whether its time is taken or not. */
const essenceOf = (command: string): string => command.replace(/^time /, '')

/** Commands that follow look at what this one wrote last. */
const isLookedAt = (command: string): boolean => /\bbench ab /.test(command)

/** Types all commands of a document that are not among `known`, and has them known. */
async function typeAll(
  t: ExecutionContext,
  document: string,
  type: Typing,
  known: Set<string>,
): Promise<void> {
  t.timeout(10 * 60 * 1000)
  const all = commandsIn(readFileSync(inProject(document), 'utf8')).filter((command) => !isThisTest(command))
  t.true(all.length >= 2, all.join('\n'))
  for (const command of all.filter((one) => !known.has(essenceOf(one)) || isLookedAt(one))) {
    known.add(essenceOf(command))
    const { exitCode, stdout, stderr } = await type(shorten(command))
    t.true(
      rightCodes(command).includes(exitCode ?? NaN),
      `${command}\nended with ${exitCode}:\n${stderr}${stdout}`,
    )
  }
}

const known = new Set<string>()
let folder = ''
let typing: Typing | undefined

sharedAsRoot(
  async () => {
    folder = mkdtempSync(join(tmpdir(), 'bench-test-'))
    typing = await typingInto(folder, 'project')
  },
  async () => {
    await rm(folder, { recursive: true, force: true })
  },
)

for (const document of [
  'README.md',
  'docs/using.md',
  'docs/scenarios.md',
  'docs/own-paths.md',
  'docs/method.md',
  'docs/capacity.md',
])
  asRoot(
    `every command in ${document} does its work, after those that other documents told before`,
    async (t) => {
      await typeAll(t, document, typing!, known)
    },
  )

asRoot('every command in docs/ci.md does its work, one after the other', async (t) => {
  await typeAll(t, 'docs/ci.md', await typingInto(temporaryFolder(t), 'repository'), new Set())
})
