/** Folders of what is kept beside runs, a kind each: `results/<scenario>/<kind>-<id>/` with `<kind>.json`. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { BenchError } from '../host/errors.ts'
import { namesIn } from '../host/names-in.ts'

/** One that is kept on disk. */
export interface Stored {
  readonly scenario: string
  readonly id: string
  readonly folder: string
}

/** All folders of a kind. */
export interface KindFolders {
  /** Oldest first. */
  readonly list: (results: string) => Stored[]
  /** Whether a user who names this means one: its folder, its file, its id or the start of that. */
  readonly has: (results: string, name: string) => boolean
  /** The one that is meant. @throws BenchError `usage` if there is none, or more than one */
  readonly find: (results: string, name: string) => string
  /** What its file holds. @throws BenchError `usage` if it cannot be read, by `wrong` */
  readonly read: (folder: string) => {
    readonly value: unknown
    readonly wrong: (cause: string) => BenchError
  }
}

/** @param those what a hint calls them: `bench list` shows … that are kept */
export function kindFolders(kind: string, those: string): KindFolders {
  const fileName = `${kind}.json`
  const idShape = new RegExp(`^${kind}-\\d{8}T\\d{6}Z-[0-9a-f]{8}$`)
  const list = (results: string): Stored[] =>
    namesIn(results)
      .flatMap((scenario) =>
        namesIn(join(results, scenario))
          .filter((name) => idShape.test(name) && existsSync(join(results, scenario, name, fileName)))
          .map((id) => ({ scenario, id, folder: join(results, scenario, id) })),
      )
      .toSorted((a, b) => a.id.localeCompare(b.id))
  const foldersFor = (results: string, name: string): string[] => {
    const there = statSync(name, { throwIfNoEntry: false })
    if (there?.isFile()) return basename(name) === fileName ? [dirname(name)] : []
    if (there?.isDirectory()) return existsSync(join(name, fileName)) ? [name] : []
    if (!name.startsWith(`${kind}-`)) return []
    return list(results).flatMap(({ id, folder }) => (id.startsWith(name) ? [folder] : []))
  }
  return {
    list,
    has: (results, name) => foldersFor(results, name).length > 0,
    find: (results, name) => {
      const folders = foldersFor(results, name)
      const [folder] = folders
      if (folder !== undefined && folders.length === 1) return folder
      throw new BenchError(
        folder === undefined
          ? `Could not find ${kind} "${name}"`
          : `Could not tell which ${kind} "${name}" is: ${folders.length} begin so`,
        { trouble: 'usage', hint: `\`bench list\` shows ${those} that are kept` },
      )
    },
    read: (folder) => {
      const file = join(folder, fileName)
      const wrong = (cause: string) =>
        new BenchError(`Could not read ${kind} ${file}: ${cause}`, { trouble: 'usage' })
      try {
        return { value: JSON.parse(readFileSync(file, 'utf8')), wrong }
      } catch (error) {
        throw wrong((error as Error).message)
      }
    },
  }
}
