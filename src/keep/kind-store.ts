/**
 * What is kept beside runs, a kind each: `results/<scenario>/<kind>-<id>/` with `<kind>.json`, and whatever tables and folders
 * belong to it.
 */
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { BenchError } from '../host/errors.ts'
import { isFileName } from '../host/file-name.ts'
import { readNamedText } from '../host/named-file.ts'
import { namesIn } from '../host/names-in.ts'
import { writeWhole } from '../host/whole-file.ts'
import { writeResult } from './store.ts'
import { lookAtNamed } from '../host/named-place.ts'

/** One that is kept on disk. */
export interface Stored {
  readonly scenario: string
  readonly id: string
  readonly folder: string
}

export interface Kind<Kept> {
  readonly kind: string
  /** What a hint calls them: `bench list` shows … that are kept. */
  readonly those: string
  readonly schema: z.ZodType<Kept>
  /** The newest version that is known. */
  readonly schemaVersion: number
  readonly idOf: (kept: Kept) => string
  /** Tables beside the file, by their own files' names. */
  readonly tables?: Readonly<Record<string, (kept: Kept) => string>>
}

/** What can be done with all that are kept of a kind. */
export interface KindStore<Kept> {
  readonly folderOf: (results: string, kept: Kept) => string
  /** @returns its folder @throws BenchError `failed` if it cannot be written */
  readonly write: (results: string, kept: Kept) => string
  /** Oldest first. */
  readonly list: (results: string) => Stored[]
  /** Whether a user who names this means one: its folder, its file, its id or the start of that. */
  readonly has: (results: string, name: string) => boolean
  /** The one that is meant. @throws BenchError `usage` if there is none, more than one, or it cannot be read */
  readonly read: (results: string, name: string) => { readonly kept: Kept; readonly folder: string }
}

export function kindStore<Kept extends { readonly scenario: string; readonly schemaVersion: number }>(
  of: Kind<Kept>,
): KindStore<Kept> {
  const { kind, idOf, tables = {} } = of
  const { list, foldersFor } = foldersOf(kind)
  const folderOf = (results: string, kept: Kept) => join(results, kept.scenario, idOf(kept))
  return {
    folderOf,
    write: (results, kept) => {
      const folder = folderOf(results, kept)
      writeResult(folder, `${kind}.json`, `${JSON.stringify(kept, null, 1)}\n`)
      for (const [name, table] of Object.entries(tables)) writeWhole(join(folder, name), table(kept))
      return folder
    },
    list,
    has: (results, name) => foldersFor(results, name).length > 0,
    read: (results, name) => {
      const folders = foldersFor(results, name)
      const [folder] = folders
      if (folder === undefined || folders.length > 1)
        throw new BenchError(
          folder === undefined
            ? `Could not find ${kind} "${name}"`
            : `Could not tell which ${kind} "${name}" is: ${folders.length} begin so`,
          { trouble: 'usage', hint: `\`bench list\` shows ${of.those} that are kept` },
        )
      return { kept: readKept(of, join(folder, `${kind}.json`)), folder }
    },
  }
}

function foldersOf(kind: string) {
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
    const there = lookAtNamed(name, 'result')
    if (there?.isFile()) return basename(name) === fileName ? [dirname(name)] : []
    if (there?.isDirectory()) return existsSync(join(name, fileName)) ? [name] : []
    if (!name.startsWith(`${kind}-`)) return []
    return list(results).flatMap(({ id, folder }) => (id.startsWith(name) ? [folder] : []))
  }
  return { list, foldersFor }
}

const versioned = z.object({ schemaVersion: z.number() })

/** @throws BenchError `usage` */
function readKept<Kept extends { readonly scenario: string }>(
  { kind, schema, schemaVersion, idOf }: Kind<Kept>,
  file: string,
): Kept {
  const wrong = (cause: string) =>
    new BenchError(`Could not read ${kind} ${file}: ${cause}`, { trouble: 'usage' })
  const text = readNamedText(file, { what: kind, trouble: 'usage' })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw wrong((error as Error).message)
  }
  const version = versioned.safeParse(value).data?.schemaVersion ?? 0
  if (version > schemaVersion)
    throw wrong(`it is of version ${version}, and this pathbench knows versions up to ${schemaVersion}`)
  const { success, data, error } = schema.safeParse(value)
  if (!success) throw wrong(`it is not a ${kind}\n${z.prettifyError(error)}`)
  // Pages are written to files of these names, and the file may be anybody's.
  if (!isFileName(data.scenario) || !isFileName(idOf(data)))
    throw wrong('its names are none that a file can have')
  return data
}
