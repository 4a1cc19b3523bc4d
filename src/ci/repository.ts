/** The user's git repository, and that of pathbench. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BenchError } from '../host/errors.ts'
import { git } from '../host/git.ts'
import { isPackage, projectFolder, projectVersion } from '../host/project.ts'
import { type PathbenchSource, parseSource, sourceOfRemote, unknownSource } from './source.ts'

/** The top folder of the repository that `folder` is in. @throws BenchError `usage` if it is in none */
export async function repositoryTop(folder: string): Promise<string> {
  const top = await git(folder, ['rev-parse', '--show-toplevel'])
  if (top !== undefined) return top
  throw new BenchError(`Could not find a git repository in ${folder}`, {
    trouble: 'usage',
    hint: 'call this in the repository that is to be tested',
  })
}

/** The scenario files of a repository that are in git or could be, from its top: YAML with a topology and paths. */
export async function scenarioFilesIn(top: string): Promise<string[]> {
  const list = await git(top, [
    ...['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    ...['--', '*.yaml', '*.yml'],
  ])
  return (list ?? '')
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(top, file)))
    .filter((file) => {
      const text = readFileSync(join(top, file), 'utf8')
      return /^topology:/m.test(text) && /^paths:/m.test(text)
    })
    .toSorted()
}

/** The tag or commit that pathbench is checked out at, or the tag that its package was made of. */
async function ownVersion(): Promise<string> {
  if (isPackage) return `v${projectVersion()}`
  return (
    (await git(projectFolder, ['describe', '--tags', '--exact-match'])) ??
    (await git(projectFolder, ['rev-parse', 'HEAD'])) ??
    unknownSource.reference
  )
}

/**
 * Where CI is to get pathbench from: what the user says, or where this checkout came from. A package does not know, and
 * git would tell it of the repository that it is installed in.
 *
 * @throws BenchError `usage` if what the user says is no repository
 */
export async function findSource(text: string | undefined): Promise<PathbenchSource> {
  const reference = await ownVersion()
  if (text !== undefined) return parseSource(text, reference)
  if (isPackage) return { ...unknownSource, reference }
  const remote = await git(projectFolder, ['remote', 'get-url', 'origin'])
  const source = remote === undefined ? undefined : sourceOfRemote(remote)
  return source === undefined ? unknownSource : { ...source, reference }
}

/** Whether a repository looks like one of GitLab. */
export const isOfGitlab = async (top: string): Promise<boolean> =>
  existsSync(join(top, '.gitlab-ci.yml')) ||
  /gitlab/i.test((await git(top, ['remote', 'get-url', 'origin'])) ?? '')
