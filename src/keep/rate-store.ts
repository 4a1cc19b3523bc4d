/**
 * Where searches and soaks are kept: `results/<scenario>/search-<id>/search.json`, and the same of soaks, each with
 * its tables beside it.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { isFileName } from '../host/file-name.ts'
import { writeWhole } from '../host/whole-file.ts'
import { type Search, searchSchema } from '../record/search.ts'
import { type Soak, soakSchema } from '../record/soak.ts'
import { kindFolders, type Stored } from './kind-folders.ts'
import { searchCsv, soakCsv, trialsCsv } from './rate-csv.ts'
import { makeFolder } from './store.ts'

export type { Stored } from './kind-folders.ts'

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

function storeOf<Kept extends { readonly scenario: string }>(
  kind: string,
  schema: z.ZodType<Kept>,
  idOf: (kept: Kept) => string,
  tables: Readonly<Record<string, (kept: Kept) => string>>,
): Store<Kept> {
  const { list, has, find, read } = kindFolders(kind, 'those')
  return {
    ...{ list, has },
    write: (results, kept) => {
      const folder = join(results, kept.scenario, idOf(kept))
      makeFolder(folder)
      writeWhole(join(folder, `${kind}.json`), `${JSON.stringify(kept, null, 1)}\n`)
      for (const [name, table] of Object.entries(tables)) writeWhole(join(folder, name), table(kept))
      return folder
    },
    read: (results, name) => {
      const { value, wrong } = read(find(results, name))
      const { success, data, error } = schema.safeParse(value)
      if (!success) throw wrong(`it is not a ${kind} of this version\n${z.prettifyError(error)}`)
      // Pages are written to files of these names, and the file may be anybody's.
      if (!isFileName(data.scenario) || !isFileName(idOf(data)))
        throw wrong('its names are none that a file can have')
      return data
    },
  }
}

export const searches: Store<Search> = storeOf('search', searchSchema, ({ searchId }) => searchId, {
  'search.csv': searchCsv,
  'trials.csv': trialsCsv,
})
export const soaks: Store<Soak> = storeOf('soak', soakSchema, ({ soakId }) => soakId, {
  'soak.csv': soakCsv,
})
