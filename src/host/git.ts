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

/** Who asks git in a folder: its user and group, or nobody's but this process's own. */
type Asker = ReturnType<typeof caller>

const askers = new Map<string, Promise<Asker>>()

/** The user who called, unless git tells them nothing there, as of a folder that they may not enter: then root asks. */
function askerIn(folder: string): Promise<Asker> {
  const known = askers.get(folder)
  if (known !== undefined) return known
  const found = findAsker(folder)
  askers.set(folder, found)
  return found
}

async function findAsker(folder: string): Promise<Asker> {
  const user = caller()
  if (user === undefined) return undefined
  const { failed } = await execa('git', inFolder(folder, ['rev-parse', '--git-dir']), {
    ...user,
    reject: false,
  })
  return failed ? undefined : user
}

/** What git says in a folder, or undefined where it says no or is not installed. */
export async function git(folder: string, words: readonly string[]): Promise<string | undefined> {
  const asker = await askerIn(folder)
  const { failed, stdout } = await execa('git', inFolder(folder, words), { ...asker, reject: false })
  return failed ? undefined : stdout.trim()
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
  const { failed, stdout, stderr, shortMessage } = await execa('git', inFolder(folder, words), {
    ...(await askerIn(folder)),
    env: environment,
    input,
    reject: false,
  })
  if (!failed) return stdout
  throw new BenchError(`Could not ${what}: ${stderr.trim().split('\n')[0] || shortMessage}`, {
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
  // Without its lock a status leaves the user's index as it is.
  const status = await git(folder, [
    ...['--no-optional-locks', 'status', '--porcelain=v2', '--branch', '--no-ahead-behind'],
    ...['--untracked-files=normal', ':/'],
  ])
  // Where there is none yet, it is `(initial)`.
  const commit = /^# branch\.oid ([0-9a-f]+)$/m.exec(status ?? '')?.[1]
  return commit === undefined ? null : { commit, isDirty: /^[^#]/m.test(status ?? '') }
}
