import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import test from 'ava'
import { execa } from 'execa'
import { inProject } from '../netns/bench-command.ts'

test('a bundle’s key changes with what it imports by others, and with nothing that it does not', async (t) => {
  mkdirSync(inProject('build'), { recursive: true })
  const folder = mkdtempSync(inProject('build', 'unit-keys-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text)
  }
  const bundle = join(folder, 'some.test.ts')
  const key = async (): Promise<string> => {
    await execa(process.execPath, ['test/unit-keys.ts', relative(inProject(), bundle)], { cwd: inProject() })
    return readFileSync(join(folder, 'some.key'), 'utf8')
  }
  write('some.test.ts', "import './near.ts'\n")
  write('near.ts', "import { far } from './far.ts'\nconsole.log(far)\n")
  write('far.ts', 'export const far = 1\n')
  const first = await key()
  t.is(await key(), first)
  write('beside.ts', 'export const beside = 1\n')
  t.is(await key(), first)
  write('far.ts', 'export const far = 2\n')
  t.not(await key(), first)
})
