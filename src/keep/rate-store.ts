/** Where searches and soaks are kept: `results/<scenario>/search-<id>/search.json`, and the same of soaks. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { BenchError } from '../host/errors.ts'
import { isFileName } from '../host/file-name.ts'
import { namesIn } from '../host/names-in.ts'
import { writeWhole } from '../host/whole-file.ts'
import { type Search, searchSchema } from '../record/search.ts'
import { type Soak, soakSchema } from '../record/soak.ts'
import { makeFolder } from './store.ts'

/** One that is kept on disk. */
export interface Stored {
  readonly scenario: string
  readonly id: string
  readonly folder: string
}

/** What can be done with all that are kept of a kind. */
export interface Store<Kept> {
  /** @returns its folder @throws BenchError `failed` if it cannot be written */
  readonly write: (results: string, kept: Kept) => string
  /** Oldest first. */
  readonly list: (results: string) => Stored[]
  /** Whether a user who names this means one: its folder, its file, its id or the start of that. */
  readonly has: (results: string, name: string) => boolean
  /** @throws BenchError `usage` if there is none, more than one, or it cannot be read */
  readonly read: (results: string, name: string) => Kept
}

const idShape = /^[a-z]+-\d{8}T\d{6}Z-[0-9a-f]{8}$/

function storeOf<Kept extends { readonly scenario: string }>(
  kind: string,
  schema: z.ZodType<Kept>,
  idOf: (kept: Kept) => string,
): Store<Kept> {
  const fileName = `${kind}.json`
  const list = (results: string): Stored[] =>
    namesIn(results)
      .flatMap((scenario) =>
        namesIn(join(results, scenario))
          .filter((name) => name.startsWith(`${kind}-`) && idShape.test(name))
          .filter((name) => existsSync(join(results, scenario, name, fileName)))
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
    write: (results, kept) => {
      const folder = join(results, kept.scenario, idOf(kept))
      makeFolder(folder)
      writeWhole(join(folder, fileName), `${JSON.stringify(kept, null, 1)}\n`)
      return folder
    },
    read: (results, name) => {
      const folders = foldersFor(results, name)
      const [folder] = folders
      if (folder === undefined || folders.length > 1)
        throw new BenchError(
          folder === undefined
            ? `Could not find ${kind} "${name}"`
            : `Could not tell which ${kind} "${name}" is: ${folders.length} begin so`,
          { trouble: 'usage', hint: '`bench list` shows those that are kept' },
        )
      return parse(join(folder, fileName), kind, schema, idOf)
    },
  }
}

function parse<Kept extends { readonly scenario: string }>(
  file: string,
  kind: string,
  schema: z.ZodType<Kept>,
  idOf: (kept: Kept) => string,
): Kept {
  const wrong = (cause: string) =>
    new BenchError(`Could not read ${kind} ${file}: ${cause}`, { trouble: 'usage' })
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw wrong((error as Error).message)
  }
  const { success, data, error } = schema.safeParse(value)
  if (!success) throw wrong(`it is not a ${kind} of this version\n${z.prettifyError(error)}`)
  // Pages are written to files of these names, and the file may be anybody's.
  if (!isFileName(data.scenario) || !isFileName(idOf(data)))
    throw wrong('its names are none that a file can have')
  return data
}

export const searches: Store<Search> = storeOf('search', searchSchema, ({ searchId }) => searchId)
export const soaks: Store<Soak> = storeOf('soak', soakSchema, ({ soakId }) => soakId)
