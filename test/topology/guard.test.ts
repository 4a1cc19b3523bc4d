import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { execa } from 'execa'
import { quoted } from '../../src/host/shell-word.ts'
import { comesTrue } from '../netns/comes-true.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

test('what a guard is at when pathbench is killed is ended, and then undone', async (t) => {
  const folder = temporaryFolder(t)
  const file = (name: string): string => join(folder, name)
  const [begun, goOn, done, undone] = [file('begun'), file('go-on'), file('done'), file('undone')]
  const work = `: >${quoted(begun)}; until [ -e ${quoted(goOn)} ]; do sleep 0.01; done; : >${quoted(done)}`
  const holder = execa(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { Guard } from ${JSON.stringify(new URL('../../src/topology/guard.ts', import.meta.url).href)}
const guard = new Guard({ firstProcess: 0 }, [])
guard.tell(${JSON.stringify(`: >${quoted(undone)}`)})
await guard.do(${JSON.stringify(work)})`,
  ])
  t.true(await comesTrue(() => existsSync(begun)))
  holder.kill('SIGKILL')
  await t.throwsAsync(holder)
  t.false(existsSync(undone))
  writeFileSync(goOn, '')
  t.true(await comesTrue(() => existsSync(undone)))
  t.true(existsSync(done))
})
