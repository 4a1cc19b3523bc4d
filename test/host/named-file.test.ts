import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { readNamedFile } from '../../src/host/named-file.ts'

test('what a user names is read if it is a file, and is never waited for', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-named-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  const [file, large, pipe] = ['file', 'large', 'pipe'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  writeFileSync(file, 'words')
  writeFileSync(large, '')
  truncateSync(large, 1024 ** 2 + 1)
  execFileSync('mkfifo', [pipe])
  const read = (name: string) =>
    readNamedFile(name, { what: 'words', trouble: 'usage', mostBytes: 1024 ** 2 }).toString()
  t.is(read(file), 'words')
  for (const [name, cause] of [
    [folder, 'it is a folder, and no file'],
    [pipe, 'it is a pipe, and no file'],
    ['/dev/zero', 'it is a device, and no file'],
    [large, 'it has more than 1 MiB'],
    [join(folder, 'none'), `ENOENT: no such file or directory, open '${join(folder, 'none')}'`],
  ] as const)
    t.throws(() => read(name), { message: `Could not read words ${name}: ${cause}` })
})
