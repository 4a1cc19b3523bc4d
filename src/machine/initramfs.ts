/** What a machine starts from: an archive, kept by its content. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { keptFolder } from '../host/kept-folder.ts'
import { writeError } from '../host/room-for-files.ts'
import { putFile } from '../host/unfinished.ts'
import { type ArchiveEntry, archiveOf } from './cpio.ts'

/** After so long, an archive that has not been made since is not kept any more. */
const keptForMs = 30 * 24 * 60 * 60 * 1000

/** The file with an archive of `entries`, made where it is not there yet. */
export function keepInitramfs(entries: readonly ArchiveEntry[]): string {
  const folder = keptFolder('initramfs', 'initramfs')
  const archive = archiveOf(entries)
  const name = `${createHash('sha256').update(archive).digest('hex').slice(0, 32)}.cpio.zst`
  const file = join(folder, name)
  if (existsSync(file)) return file
  for (const other of readdirSync(folder))
    if (Date.now() - statSync(join(folder, other)).mtimeMs > keptForMs)
      rmSync(join(folder, other), { force: true })
  try {
    putFile(file, zstdCompressSync(archive))
  } catch (error) {
    throw writeError('keep what a machine starts from', error, `free some space in ${folder}`)
  }
  return file
}
