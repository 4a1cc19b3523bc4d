/** Where a CI service gets pathbench from. Pure. */
import { BenchError } from '../host/errors.ts'

/** A repository of pathbench, and a version of it. */
export interface PathbenchSource {
  /** Its name on its host: `owner/pathbench`. */
  readonly repository: string
  readonly url: string
  /** A commit, tag or branch. */
  readonly reference: string
}

/** What stands for a source that is not known. */
export const unknownSource: PathbenchSource = {
  repository: 'OWNER/pathbench',
  url: 'https://github.com/OWNER/pathbench.git',
  reference: 'REF',
}

const isName = (text: string): boolean => /^\w[\w.-]*(\/\w[\w.-]*)+$/.test(text)

/**
 * The source behind a remote of git; undefined where no CI service could fetch it, as with a folder. What
 * a URL carries to log in with is left out: it would end in a file that is committed.
 */
export function sourceOfRemote(remote: string): Omit<PathbenchSource, 'reference'> | undefined {
  const [, host, path] =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([\w.-]+)(?::\d+)?\/(.+)$/.exec(remote) ??
    /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)(.+)$/.exec(remote) ??
    []
  const repository = path?.replace(/^\/+|\/+$|(\.git)\/*$/g, '')
  if (host === undefined || repository === undefined || !isName(repository)) return undefined
  return { repository, url: `https://${host}/${repository}.git` }
}

/**
 * What a user means by `owner/name`, `owner/name@reference`, or a URL with or without `@reference`.
 *
 * @param reference where the text has none
 * @throws BenchError `usage`
 */
export function parseSource(text: string, reference: string): PathbenchSource {
  const [, where = '', own = reference] = /^(.*?[^/@]+\/[^@]+)(?:@([\w.][\w./-]*))?$/.exec(text) ?? []
  const source = isName(where)
    ? { repository: where, url: `https://github.com/${where}.git` }
    : sourceOfRemote(where)
  if (source !== undefined) return { ...source, reference: own }
  throw new BenchError(`Could not use --pathbench ${text}: expected a repository`, {
    trouble: 'usage',
    hint: 'name it as in OWNER/pathbench@v1.0.0, or by a URL',
  })
}

/**
 * That a workflow of GitHub can say `uses: owner/name@reference`: a longer name would be that of a folder.
 *
 * @throws BenchError `usage`
 */
export function requireAction({ repository }: PathbenchSource): void {
  if (repository.split('/').length === 2) return
  throw new BenchError(`Could not use ${repository} in a workflow: GitHub takes actions from OWNER/NAME`, {
    trouble: 'usage',
    hint: 'name a repository of GitHub with --pathbench OWNER/NAME@REF',
  })
}
