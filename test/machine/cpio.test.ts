import test from 'ava'
import { type ArchiveEntry, archiveOf } from '../../src/machine/cpio.ts'

interface Member {
  readonly name: string
  readonly mode: number
  readonly major: number
  readonly minor: number
  readonly contents: string
}

/** Reads an archive as buffer-format.rst says. */
function membersOf(archive: Buffer): Member[] {
  const members: Member[] = []
  for (let at = 0; at < archive.length;) {
    const field = (index: number): number =>
      parseInt(archive.toString('latin1', at + 6 + 8 * index, at + 14 + 8 * index), 16)
    if (archive.toString('latin1', at, at + 6) !== '070701') throw new Error(`no member at ${at}`)
    const [size, nameSize] = [field(6), field(11)]
    const name = archive.toString('utf8', at + 110, at + 110 + nameSize - 1)
    const start = (at + 110 + nameSize + 3) & ~3
    members.push({
      ...{ name, mode: field(1), major: field(9), minor: field(10) },
      contents: archive.toString('utf8', start, start + size),
    })
    at = (start + size + 3) & ~3
  }
  return members
}

test('an archive has every entry as it is, and an end', (t) => {
  const entries: ArchiveEntry[] = [
    { path: 'dev', kind: 'folder' },
    { path: 'dev/console', kind: 'character device', major: 5, minor: 1 },
    { path: 'a', kind: 'file', contents: Buffer.from('one'), isExecutable: true },
    { path: 'ab', kind: 'file', contents: Buffer.from('four'), isExecutable: false },
    { path: 'link', kind: 'link', target: 'a' },
  ]
  const none = { major: 0, minor: 0 }
  t.deepEqual(membersOf(archiveOf(entries)), [
    { name: 'dev', mode: 0o040755, ...none, contents: '' },
    { name: 'dev/console', mode: 0o020600, major: 5, minor: 1, contents: '' },
    { name: 'a', mode: 0o100755, ...none, contents: 'one' },
    { name: 'ab', mode: 0o100644, ...none, contents: 'four' },
    { name: 'link', mode: 0o120777, ...none, contents: 'a' },
    { name: 'TRAILER!!!', mode: 0, ...none, contents: '' },
  ])
})

test('the same entries are the same archive, byte for byte', (t) => {
  const entries: ArchiveEntry[] = [
    { path: 'a', kind: 'file', contents: Buffer.from('x'), isExecutable: true },
  ]
  t.deepEqual(archiveOf(entries), archiveOf(entries))
})
