/** The sources of a commit, taken out of a git repository that stays as it is. */
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { giveToCaller } from '../host/caller.ts'
import { git, mustGit } from '../host/git.ts'
import { keptFolder } from '../host/kept-folder.ts'
import { finishPart, partOf, removePart } from '../host/unfinished.ts'

/** A commit's files, as far as scenarios and BPF programs are made of them. */
export interface GitTree {
  /** Where they are. */
  readonly folder: string
  /** The commit, abbreviated. */
  readonly commit: string
  /** From the repository's top to the folder that was asked from. */
  readonly inside: string
}

/** What scenarios and BPF programs are made of. */
const isSource = (file: string): boolean => /\.([cho]|ya?ml)$/.test(file)

/**
 * Takes the sources of `reference` out of the repository that `folder` is in. They are kept by commit, and are
 * there the next time.
 *
 * @returns undefined where `folder` is in no repository, or `reference` names no commit there
 * @throws BenchError `failed` with git's words
 */
export async function gitTree(folder: string, reference: string): Promise<GitTree | undefined> {
  const top = await git(folder, ['rev-parse', '--show-toplevel'])
  const commit = await git(folder, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${reference}^{commit}`,
  ])
  if (top === undefined || commit === undefined) return undefined
  const place = join(keptFolder('ab', 'ab'), commit)
  if (!existsSync(place)) await extract(top, commit, place)
  return { folder: place, commit: commit.slice(0, 12), inside: relative(top, folder) }
}

async function extract(top: string, commit: string, place: string): Promise<void> {
  const part = partOf(place)
  mkdirSync(part, { mode: 0o700 })
  giveToCaller(part)
  // An index of its own: the user's work tree and index stay untouched.
  const environment = { GIT_INDEX_FILE: `${part}/.index` }
  const what = 'take the sources out of git'
  try {
    await mustGit(top, ['read-tree', commit], { what, environment })
    const files = (await mustGit(top, ['ls-files', '-z'], { what, environment })).split('\0').filter(isSource)
    await mustGit(top, ['checkout-index', '-z', '--stdin', `--prefix=${part}/`], {
      what,
      environment,
      input: files.map((file) => `${file}\0`).join(''),
    })
    rmSync(`${part}/.index`)
    chmodSync(part, 0o755)
    // Another may have been first, with the same.
    if (!existsSync(place)) finishPart(part, place)
  } finally {
    removePart(part)
  }
}

/** Where a file of the repository is in a tree. */
export const inTree = ({ folder, inside }: GitTree, file: string): string => join(folder, inside, file)
