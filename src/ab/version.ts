/** What a user means by a version of a scenario: a git reference, a folder, or a BPF object. */
import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { BenchError } from '../host/errors.ts'
import { gitTree, inTree } from './git-tree.ts'
import { lookAtNamed } from '../host/named-place.ts'

/** A version, found. */
export type Version =
  /** Another copy of the scenario, with all that it names. */
  | { readonly kind: 'scenario'; readonly label: string; readonly file: string }
  /** The scenario as it is, with another object in place of its own. */
  | { readonly kind: 'object'; readonly label: string; readonly object: string }

/**
 * Finds a version.
 *
 * @param text a commit, branch or tag of the repository that the scenario is in; a folder with another copy
 * of it; or a BPF source or object
 * @throws BenchError `usage` if it is none of these
 */
export async function findVersion(text: string, scenarioFile: string): Promise<Version> {
  const there = lookAtNamed(text, 'version')
  if (there?.isFile() && /\.[co]$/.test(text))
    return { kind: 'object', label: basename(text), object: resolve(text) }
  if (there?.isDirectory()) return { kind: 'scenario', label: text, file: inFolder(text, scenarioFile) }
  const tree = await gitTree(dirname(scenarioFile), text)
  if (tree === undefined)
    throw new BenchError(`Could not find version "${text}"`, {
      trouble: 'usage',
      details: `neither a commit, branch or tag of the repository that ${scenarioFile} is in, nor a folder, nor a BPF source or object`,
      hint: 'a shallow clone lacks other commits: git fetch --depth=1 origin BRANCH, or fetch-depth: 0 in CI',
    })
  const file = inTree(tree, basename(scenarioFile))
  if (!existsSync(file))
    throw new BenchError(`Could not find ${basename(scenarioFile)} in version "${text}"`, {
      trouble: 'usage',
      hint: 'name a version that has the scenario, or another BPF source or object',
    })
  return { kind: 'scenario', label: labelOf(text, tree.commit), file }
}

/** A name says less than the commit that it meant. */
const labelOf = (text: string, commit: string): string =>
  commit.startsWith(text) || text.startsWith(commit) ? commit : `${text} (${commit})`

/** The copy of the scenario in a folder: in it, or in its scenarios/. */
function inFolder(folder: string, scenarioFile: string): string {
  const name = basename(scenarioFile)
  const candidates = [join(folder, name), join(folder, 'scenarios', name)].map((one) => resolve(one))
  const found = candidates.find((one) => existsSync(one))
  if (found !== undefined) return found
  throw new BenchError(`Could not find ${name} in ${folder}`, {
    trouble: 'usage',
    details: candidates.join('\n'),
  })
}
