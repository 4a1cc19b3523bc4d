import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { readNamedFile, readNamedText } from '../../src/host/named-file.ts'

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

test('text that is not UTF-8 is told with its line, and not read as other words', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-named-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  const file = join(folder, 'file')
  const read = (bytes: Buffer | string) => {
    writeFileSync(file, bytes)
    return readNamedText(file, { what: 'words', trouble: 'usage' })
  }
  t.is(read('größer\n\ufffd\n'), 'größer\n\ufffd\n')
  for (const [bytes, line] of [
    [Buffer.from('a: gr\xf6\xdfer\n', 'latin1'), 1],
    [Buffer.from('a: 1\n\nb: \xe9', 'latin1'), 3],
    [Buffer.from('größer').subarray(0, 3), 1],
  ] as const)
    t.throws(() => read(bytes), {
      message: `Could not read words ${file}: line ${line} is not UTF-8, or is cut off`,
    })
})
