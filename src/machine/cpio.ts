/** Archives as the kernel unpacks them at boot (Documentation/driver-api/early-userspace/buffer-format.rst). Pure. */

/** A file, folder, link or device of an archive. Folders come before what is in them. */
export type ArchiveEntry = { readonly path: string } & (
  | { readonly kind: 'folder' }
  | { readonly kind: 'file'; readonly contents: Uint8Array; readonly isExecutable: boolean }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'character device'; readonly major: number; readonly minor: number }
)

const boundaryBytes = 4

/** An archive in the format "newc". @param entries with paths from the root, no slash first */
export const archiveOf = (entries: readonly ArchiveEntry[]): Buffer =>
  Buffer.concat([
    ...entries.flatMap((entry, index) => partsOf(entry, index + 1)),
    ...memberParts('TRAILER!!!', {}, Buffer.alloc(0)),
  ])

interface Head {
  readonly number?: number
  readonly mode?: number
  readonly major?: number
  readonly minor?: number
}

function partsOf(entry: ArchiveEntry, number: number): Buffer[] {
  const { path } = entry
  switch (entry.kind) {
    case 'folder':
      return memberParts(path, { number, mode: 0o040755 }, Buffer.alloc(0))
    case 'file':
      return memberParts(
        path,
        { number, mode: entry.isExecutable ? 0o100755 : 0o100644 },
        Buffer.from(entry.contents),
      )
    case 'link':
      return memberParts(path, { number, mode: 0o120777 }, Buffer.from(entry.target))
    case 'character device': {
      const { major, minor } = entry
      return memberParts(path, { number, mode: 0o020600, major, minor }, Buffer.alloc(0))
    }
  }
}

function memberParts(path: string, head: Head, contents: Buffer): Buffer[] {
  const name = Buffer.from(`${path}\0`)
  const { number = 0, mode = 0, major = 0, minor = 0 } = head
  // ino, mode, uid, gid, nlink, mtime, filesize, devmajor, devminor, rdevmajor, rdevminor, namesize, check
  const fields = [number, mode, 0, 0, 1, 0, contents.length, 0, 0, major, minor, name.length, 0]
  const header = Buffer.from(
    `070701${fields.map((field) => field.toString(16).padStart(8, '0').toUpperCase()).join('')}`,
  )
  return [header, name, padding(header.length + name.length), contents, padding(contents.length)]
}

const padding = (length: number): Buffer => Buffer.alloc(-length & (boundaryBytes - 1))
