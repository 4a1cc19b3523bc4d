/** What this machine has set so that it reaches package registries: a fresh machine beside it needs the same. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import type { SourcesFile } from './package-sources.ts'

/** Files brought in as they are, each to the same place; `~` is a home. */
export const settingsFiles = [
  '/etc/resolv.conf',
  '/etc/hosts',
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/npmrc',
  '~/.npmrc',
] as const

/** Where a file is on this machine. */
export const here = (file: string): string => file.replace(/^~/, homedir())

/** Which of `settingsFiles` are there. */
export const settingsFilesHere = (): string[] => settingsFiles.filter((file) => existsSync(here(file)))

const variables =
  /^(https?_proxy|no_proxy|all_proxy|node_extra_ca_certs|ssl_cert_(file|dir)|npm_config_(registry|cafile|proxy|https_proxy))$/i

/** Variables of the environment that lead to the network, as lines of /etc/environment. */
export const networkVariables = (environment: NodeJS.ProcessEnv = process.env): string =>
  Object.entries(environment)
    .filter(([name]) => variables.test(name))
    .map(([name, value]) => `${name}=${value ?? ''}\n`)
    .join('')

/** How apt fetches here, a setting each: proxies, and whether it looks at dates. */
export async function aptSettings(): Promise<string[]> {
  const { stdout } = await execa('apt-config', ['dump'])
  return stdout.split('\n').filter((line) => /^Acquire::(https?|ftp|Retries|Check-)[^ ]* "[^"]/.test(line))
}

/** Debian's name of this machine's release; undefined if this is no Debian. */
export function debianHere(): string | undefined {
  const text = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  const valueOf = (key: string) => new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(text)?.[1]
  return valueOf('ID') === 'debian' ? valueOf('VERSION_CODENAME') : undefined
}

/** The files that say where apt gets its packages. */
export function sourcesFiles(): SourcesFile[] {
  const more = '/etc/apt/sources.list.d'
  const names = existsSync(more) ? readdirSync(more).map((name) => join(more, name)) : []
  return ['/etc/apt/sources.list', ...names.toSorted()]
    .filter((file) => /\.(list|sources)$/.test(file) && existsSync(file))
    .map((file) => ({
      text: readFileSync(file, 'utf8'),
      style: file.endsWith('.list') ? 'one-line' : 'deb822',
    }))
}
