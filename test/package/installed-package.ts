/** The package as npm makes it and installs it: offline, for a user who has no more than the file. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { inProject } from '../netns/bench-command.ts'

export interface InstalledPackage {
  /** The files in the tarball, from its top. */
  readonly files: readonly string[]
  /** Where npm has put it. */
  readonly folder: string
  /** The command that npm has linked. */
  readonly command: string
  readonly version: string
  readonly remove: () => void
}

/** Packs the checkout, and installs the tarball globally into a prefix of its own. */
export async function installPackage(): Promise<InstalledPackage> {
  const base = mkdtempSync(join(tmpdir(), 'bench-package-'))
  const prefix = join(base, 'prefix')
  mkdirSync(prefix)
  // For any user.
  chmodSync(base, 0o755)
  await npm(base, ['pack', '--pack-destination', base])
  const tarball = join(
    base,
    readdirSync(base).find((name) => name.endsWith('.tgz'))!,
  )
  const { stdout } = await execa('tar', ['--list', '--gzip', '--file', tarball])
  await npm(base, ['install', '--global', '--prefix', prefix, '--offline', '--no-audit', tarball])
  const folder = join(prefix, 'lib', 'node_modules', 'pathbench')
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return {
    files: stdout.split('\n').map((file) => file.replace(/^package\//, '')),
    folder,
    command: join(prefix, 'bin', 'bench'),
    version,
    remove: () => {
      rmSync(base, { recursive: true, force: true })
    },
  }
}

/** With a cache that is empty: nothing can come from anywhere else. It runs on the Node beside it, which is made for it. */
async function npm(base: string, words: readonly string[]): Promise<void> {
  const { stdout } = await execa('sh', ['-c', 'command -v npm'])
  await execa(stdout, words, {
    cwd: inProject(),
    env: { npm_config_cache: join(base, 'cache'), PATH: `${dirname(stdout)}:${process.env.PATH ?? ''}` },
    stdin: 'ignore',
  })
}
