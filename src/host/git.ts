/** What git says of a repository. */
import { execa } from 'execa'
import { caller } from './caller.ts'
import { BenchError } from './errors.ts'

// Under sudo git runs as the user who called, as whom it may read the repository, and what it writes is
// theirs. Where a CI job's root meets another's checkout, it may be read all the same.
const inFolder = (folder: string, words: readonly string[]): string[] => [
  '-c',
  'safe.directory=*',
  // A repository may name a program here, which root is not to run.
  '-c',
  'core.fsmonitor=false',
  '-C',
  folder,
  ...words,
]

/**
 * What git says in a folder, or undefined where it says no or is not installed. It is only asked: where the
 * user who called may not enter the folder, root is who asks.
 */
export async function git(folder: string, words: readonly string[]): Promise<string | undefined> {
  const user = caller()
  for (const asker of user === undefined ? [{}] : [user, {}]) {
    const { failed, stdout } = await execa('git', inFolder(folder, words), { ...asker, reject: false })
    if (!failed) return stdout.trim()
  }
  return undefined
}

/**
 * What git says where it has to work.
 *
 * @throws BenchError `failed` with git's words
 */
export async function mustGit(
  folder: string,
  words: readonly string[],
  { what, environment = {}, input = '' }: MustGitOptions,
): Promise<string> {
  const { failed, stdout, stderr } = await execa('git', inFolder(folder, words), {
    ...caller(),
    env: environment,
    input,
    reject: false,
  })
  if (!failed) return stdout
  throw new BenchError(`Could not ${what}: ${stderr.trim().split('\n')[0] ?? 'it failed'}`, {
    trouble: 'failed',
    details: stderr,
  })
}

interface MustGitOptions {
  /** Completes `Could not …` when it fails. */
  readonly what: string
  readonly environment?: Readonly<Record<string, string>>
  readonly input?: string
}

/** The commit that the repository of `folder` is at, and whether its files differ from it; null outside of one. */
export async function commitAt(
  folder: string,
): Promise<{ readonly commit: string; readonly isDirty: boolean } | null> {
  const commit = await git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD'])
  if (commit === undefined) return null
  // Without its lock a status leaves the user's index as it is.
  const changes = await git(folder, [
    '--no-optional-locks',
    'status',
    '--porcelain',
    '--untracked-files=normal',
    ':/',
  ])
  return { commit, isDirty: changes !== '' }
}
