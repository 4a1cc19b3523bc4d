/** Somebody who works with the installed package, on a machine where its folder is read-only. */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import type { InstalledPackage } from './installed-package.ts'

export interface PackageUser {
  /** Where they are. */
  readonly folder: string
  /** Their caches. */
  readonly caches: string
  /** Where npm's way of calling puts a trap: `node_modules/.bin` with programs of the tools' names. */
  readonly wasTrapped: () => boolean
  /** Runs `bench`, which is found as a link to what npm has linked; `before` are lines of shell in its mount namespace. */
  readonly bench: (
    words: readonly string[],
    options?: { readonly before?: string; readonly within?: string },
  ) => Promise<{ readonly exitCode?: number; readonly stdout: string; readonly stderr: string }>
}

/** Takes away what builds programs. */
export const withoutCompiler = `
for tool in clang llvm-strip make gcc cc; do
  while there=$(command -v $tool) && [ -x "$there" ]; do mount --bind /dev/null "$(readlink -f "$there")"; done
done`

/** Takes away the package's native programs, as on an architecture that it has none for. */
export const withoutPrograms = 'mount -t tmpfs none "$PACKAGE/prebuilt/$(uname -m)"'

/** A user who owns nothing, has no home, and may not enter the folder of this Node. */
export const asNobody = {
  before: `
mount -t tmpfs none /mnt; : >/mnt/node
mount --bind "$(readlink -f "$(command -v node)")" /mnt/node
PATH=/mnt:$PATH HOME=/nonexistent
unset XDG_CACHE_HOME`,
  within: 'setpriv --reuid=65534 --regid=65534 --clear-groups',
} as const

const readOnly = 'mount --bind "$PACKAGE" "$PACKAGE"; mount -o remount,ro,bind "$PACKAGE"'

export function packageUser(
  t: ExecutionContext,
  { folder: installed, command }: InstalledPackage,
): PackageUser {
  const base = temporaryFolder(t)
  chmodSync(base, 0o755)
  const folder = join(base, 'work here')
  const traps = join(base, 'node_modules', '.bin')
  const trapped = join(base, 'trapped')
  for (const made of [folder, traps, join(base, 'links')]) mkdirSync(made, { recursive: true })
  for (const name of ['ip', 'nft', 'node', 'unshare'])
    writeFileSync(join(traps, name), `#!/bin/sh\n: >'${trapped}'\nexit 1\n`, { mode: 0o755 })
  return {
    folder,
    caches: join(base, 'caches'),
    wasTrapped: () => existsSync(trapped),
    bench: async (words, { before = '', within = '' } = {}) => {
      const script = `${readOnly}\n${before}\nln -sfn "$COMMAND" "$LINK"\nPATH=$TRAPS:$PATH\nexec ${within} "$LINK" "$@"`
      const { exitCode, stdout, stderr } = await execa(
        'unshare',
        ['--mount', 'sh', '-ec', script, 'sh', ...words],
        {
          cwd: folder,
          reject: false,
          extendEnv: false,
          env: {
            PATH: process.env.PATH ?? '',
            TRAPS: traps,
            HOME: join(base, 'home'),
            XDG_CACHE_HOME: join(base, 'caches'),
            PACKAGE: installed,
            COMMAND: command,
            LINK: join(base, 'links', 'pathbench'),
          },
        },
      )
      return { ...(exitCode === undefined ? {} : { exitCode }), stdout, stderr }
    },
  }
}
