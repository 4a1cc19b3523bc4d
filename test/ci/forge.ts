/** A repository as CI meets it: an origin, a pull request, and its merge, checked out shallow. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execa } from 'execa'

export type Files = Readonly<Record<string, string>>

/** What git says. @throws ExecaError */
export async function git(folder: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await execa('git', ['-C', folder, ...words], {
    extendEnv: false,
    env: {
      PATH: process.env.PATH ?? '',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GIT_AUTHOR_NAME: 'author',
      GIT_AUTHOR_EMAIL: 'author@localhost',
      GIT_COMMITTER_NAME: 'author',
      GIT_COMMITTER_EMAIL: 'author@localhost',
    },
  })
  return stdout
}

/** Writes files and commits all that is there; the commit's name. */
export async function commit(folder: string, files: Files): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  await git(folder, 'add', '--all')
  await git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'change')
  return git(folder, 'rev-parse', 'HEAD')
}

export interface PullRequest {
  readonly origin: string
  /** The base when the request was opened. */
  readonly openedOn: string
  /** What the merge was made on: the base has moved since. */
  readonly mergedOn: string
  readonly head: string
  /** Where the merge is checked out. */
  readonly workspace: string
}

/**
 * A pull request and its merge, with the event's base outdated: others have merged since.
 *
 * @param folder an empty one
 * @param depth how many commits are there; all without it
 */
export async function pullRequest(
  folder: string,
  { base, head, depth }: { readonly base: Files; readonly head: Files; readonly depth?: number },
): Promise<PullRequest> {
  const origin = join(folder, 'origin')
  mkdirSync(origin)
  await git(origin, 'init', '--quiet', '--initial-branch=main')
  // As GitHub does: a commit can be fetched by its name.
  await git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  await git(origin, 'config', 'receive.denyCurrentBranch', 'ignore')
  const openedOn = await commit(origin, base)
  await git(origin, 'checkout', '--quiet', '-b', 'change')
  const headCommit = await commit(origin, head)
  await git(origin, 'checkout', '--quiet', 'main')
  const mergedOn = await commit(origin, { 'other.txt': 'of others\n' })
  await git(origin, 'checkout', '--quiet', '--detach')
  await git(origin, 'merge', '--quiet', '--no-ff', '-m', 'merge', 'change')
  await git(origin, 'update-ref', 'refs/pull/1/merge', 'HEAD')
  await git(origin, 'checkout', '--quiet', 'main')
  return {
    origin,
    openedOn,
    mergedOn,
    head: headCommit,
    workspace: await checkOut(origin, join(folder, 'workspace'), 'refs/pull/1/merge', depth),
  }
}

/** What actions/checkout does. */
export async function checkOut(
  origin: string,
  workspace: string,
  reference: string,
  depth?: number,
): Promise<string> {
  mkdirSync(workspace)
  await git(workspace, 'init', '--quiet')
  await git(workspace, 'remote', 'add', 'origin', `file://${origin}`)
  const shallow = depth === undefined ? [] : [`--depth=${depth}`]
  await git(workspace, 'fetch', '--quiet', '--no-tags', ...shallow, 'origin', reference)
  await git(workspace, 'checkout', '--quiet', '--detach', 'FETCH_HEAD')
  return workspace
}
