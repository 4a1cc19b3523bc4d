import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { commitAt, mustGit } from '../../src/host/git.ts'
import { asRoot } from '../netns/as-root.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

/** A repository with a commit, in a folder that only root may enter. */
async function rootsRepository(t: ExecutionContext): Promise<string> {
  const folder = temporaryFolder(t)
  chmodSync(folder, 0o700)
  writeFileSync(join(folder, 'file'), 'text\n')
  const git = ['-c', 'user.name=root', '-c', 'user.email=root@localhost', '-C', folder]
  for (const words of [
    ['init', '--quiet'],
    ['add', 'file'],
    ['commit', '--quiet', '--message', 'first'],
  ])
    await execa('git', [...git, ...words])
  return folder
}

asRoot('root asks git in a folder that the user who called by sudo may not enter', async (t) => {
  const folder = await rootsRepository(t)
  Object.assign(process.env, { SUDO_UID: '65534', SUDO_GID: '65534' })
  t.teardown(() => {
    delete process.env.SUDO_UID
    delete process.env.SUDO_GID
  })
  const head = await mustGit(folder, ['rev-parse', 'HEAD'], { what: 'read the commit' })
  t.deepEqual(await commitAt(folder), { commit: head.trim(), isDirty: false })
})
