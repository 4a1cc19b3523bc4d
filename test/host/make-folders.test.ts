import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { makeFolders } from '../../src/host/make-folders.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

test('a folder is made with those above it, and each is told from the outside in', (t) => {
  const top = temporaryFolder(t)
  mkdirSync(join(top, 'a'))
  const made: string[] = []
  makeFolders(join(top, 'a', 'b', 'c'), (one) => made.push(one))
  t.deepEqual(made, [join(top, 'a', 'b'), join(top, 'a', 'b', 'c')])
  t.true(statSync(join(top, 'a', 'b', 'c')).isDirectory())
  makeFolders(join(top, 'a', 'b', 'c'), () => {
    t.fail('it was there')
  })
})

test('where a file system takes none, or a file is in the way, that is an error and no endless loop', (t) => {
  const top = temporaryFolder(t)
  writeFileSync(join(top, 'file'), '')
  for (const [place, code] of [
    ['/proc/a/b', 'ENOENT'],
    [join(top, 'file'), 'EEXIST'],
    [join(top, 'file', 'below'), 'ENOTDIR'],
  ] as const)
    t.throws(
      () => {
        makeFolders(place)
      },
      { code },
    )
})
