import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { lookAtNamed } from '../../src/host/named-place.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

test('a name that no file can have, and one below a file, are of nothing', (t) => {
  t.is(lookAtNamed('a'.repeat(300), 'run'), undefined)
  t.is(lookAtNamed('/proc/version/below', 'run'), undefined)
  t.true(lookAtNamed('/proc', 'run')?.isDirectory())
})

test('links in a circle are a mistake of the user, and told', (t) => {
  const folder = temporaryFolder(t)
  symlinkSync('b', join(folder, 'a'))
  symlinkSync('a', join(folder, 'b'))
  const error = t.throws(() => lookAtNamed(join(folder, 'a'), 'run'), { instanceOf: BenchError })
  t.is(error.trouble, 'usage')
  t.regex(error.message, /^Could not look for run .*\/a: ELOOP/)
})
