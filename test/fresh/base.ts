/**
 * The disk of a machine that nobody has used yet: a minimal Debian made by mmdebstrap(1) from the package
 * sources that this machine has. Kept between runs, in a folder whose name holds all that it was made of.
 */
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { isInPath } from '../../src/host/tools.ts'
import { aptSettings, debianHere, sourcesFiles } from './machine-settings.ts'
import { keysNamedIn, sourcesFor } from './package-sources.ts'

export interface BaseOrder {
  /** Debian's name of the release. */
  readonly suite: string
  /** Packages beyond the minimum. */
  readonly packages: readonly string[]
}

/** Where all that can be kept between runs is. */
export const cacheFolder = '/var/cache/pathbench-fresh'

/** A month: a disk that is older would have most of its packages fetched anew by every test. */
const keptForMs = 30 * 24 * 60 * 60 * 1000

/** The sources of `suite`, each a text for a file; none where this machine's sources have no such suite. */
function sourcesOf(suite: string): string[] {
  const from = debianHere()
  if (from === undefined) return []
  return sourcesFiles()
    .map((file) => sourcesFor(file, from, suite))
    .filter((text) => text !== '')
}

/**
 * The folder of the disk, made first if need be; or why it cannot be: this machine's sources lead to no
 * such suite.
 *
 * @throws Error with what mmdebstrap said, if it fails for another reason
 */
export async function freshBase(order: BaseOrder): Promise<{ folder: string } | { missing: string }> {
  const sources = sourcesOf(order.suite)
  if (sources.length === 0) return { missing: `the package sources here are not Debian's: no ${order.suite}` }
  const settings = await aptSettings()
  const made = readFileSync(import.meta.filename, 'utf8')
  const key = createHash('sha256')
    .update(JSON.stringify([order, sources, settings, made]))
    .digest('hex')
  const folder = join(cacheFolder, `${order.suite}-${key.slice(0, 12)}`)
  mkdirSync(cacheFolder, { recursive: true })
  await removeOld()
  if (existsSync(folder)) return { folder }

  await requireMmdebstrap()
  const part = mkdtempSync(join(cacheFolder, 'part-'))
  try {
    const problem = await bootstrap(join(part, 'disk'), order, sources, settings)
    if (problem !== undefined) return { missing: problem }
    try {
      renameSync(join(part, 'disk'), folder)
    } catch (error) {
      // Another test has made the same in the meantime.
      if (!existsSync(folder)) throw error
    }
    return { folder }
  } finally {
    await removeFolder(part)
  }
}

async function bootstrap(
  disk: string,
  { suite, packages }: BaseOrder,
  sources: readonly string[],
  settings: readonly string[],
): Promise<string | undefined> {
  const files = sources.map((text, index) => {
    const file = `${disk}.${index}.${/^Types:/m.test(text) ? 'sources' : 'list'}`
    writeFileSync(file, text)
    return file
  })
  // A key may have another name in the release to be made than in this one.
  const keys = sources.flatMap(keysNamedIn).map((key) => `--customize-hook=upload ${key} ${key}`)
  const options = [
    '--variant=apt',
    '--mode=root',
    // With `passwd`, which makes the user.
    `--include=${['passwd', ...packages].join(',')}`,
    ...settings.map((setting) => `--aptopt=${setting.replace(/;$/, '')}`),
    // The disk is in memory while a test uses it: nothing has to reach it before a power cut.
    '--dpkgopt=force-unsafe-io',
    ...keys,
    '--customize-hook=chroot "$1" useradd --create-home --shell /bin/bash dev',
    '--customize-hook=echo "dev ALL=(ALL) NOPASSWD: ALL" >"$1/etc/sudoers.d/dev"',
  ]
  // What it mounts on the disk, /dev and /sys among it, is gone with this mount namespace, also if it is killed:
  // nothing of this machine is ever below a folder that is removed.
  const apart = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc']
  const { exitCode, all } = await execa(
    'unshare',
    [...apart, 'mmdebstrap', ...options, suite, disk, ...files],
    { reject: false, all: true, stdin: 'ignore' },
  )
  if (exitCode === 0) return undefined
  if (/Could not resolve|Could not connect|Temporary failure|Connection (failed|timed out|refused)/.test(all))
    throw new Error(`Could not make a fresh ${suite}: its package source does not answer\n${lastLines(all)}`)
  if (/does not have a Release file|404 +Not Found/.test(all))
    return `the package sources here have no ${suite}`
  throw new Error(`Could not make a fresh ${suite}: mmdebstrap failed\n${lastLines(all)}`)
}

const lastLines = (text: string): string => text.split('\n').slice(-20).join('\n')

/** Gets mmdebstrap where it is missing. */
async function requireMmdebstrap(): Promise<void> {
  if (isInPath('mmdebstrap')) return
  const options = ['--yes', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300']
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await execa('apt-get', ['update'], { reject: false, stdin: 'ignore' })
  const { exitCode, all } = await execa('apt-get', [...options, 'install', 'mmdebstrap'], {
    ...{ env, reject: false, all: true, stdin: 'ignore' },
  })
  if (exitCode !== 0) throw new Error(`Could not install mmdebstrap\n${lastLines(all)}`)
}

/** Removes what is older than a month: disks, and what a killed test left half made. */
async function removeOld(): Promise<void> {
  for (const name of readdirSync(cacheFolder)) {
    const folder = join(cacheFolder, name)
    if (Date.now() - statSync(folder).ctimeMs > keptForMs) await removeFolder(folder)
  }
}

/** Removes a folder, and stops where something is mounted below it. */
const removeFolder = async (folder: string): Promise<void> => {
  await execa('rm', ['--recursive', '--force', '--one-file-system', folder])
}
