/** Where named baselines are kept: `baselines/<scenario>/<name>.json`. */
import { readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { BenchError } from '../host/errors.ts'
import { readNamedText } from '../host/named-file.ts'
import { didYouMean } from '../host/nearest.ts'
import { parseRecord } from './read.ts'
import type { RunRecord } from '../record/record.ts'

/** A baseline that is kept. */
export interface StoredBaseline {
  readonly scenario: string
  readonly name: string
  readonly file: string
}

/** What the name of a baseline's file ends with. */
export const ending = '.json'

/** All baselines in a folder, by scenario and name. */
export function listBaselines(folder: string): StoredBaseline[] {
  return entriesOf(folder, 'folder').flatMap((scenario) =>
    entriesOf(join(folder, scenario), 'file')
      .filter((file) => file.endsWith(ending))
      .map((file) => ({ scenario, name: basename(file, ending), file: join(folder, scenario, file) })),
  )
}

function entriesOf(folder: string, kind: 'folder' | 'file'): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => (kind === 'folder' ? entry.isDirectory() : entry.isFile()))
      .map(({ name }) => name)
      .toSorted()
  } catch {
    return []
  }
}

/**
 * The baseline called `name`, or `<scenario>/<name>`; undefined if there is none.
 *
 * @param scenario whose baseline is meant where the name does not say
 * @throws BenchError `usage` where several scenarios have one of this name and none is said
 */
export function findBaseline(folder: string, name: string, scenario?: string): StoredBaseline | undefined {
  const named = listBaselines(folder).filter(
    (one) => one.name === name || `${one.scenario}/${one.name}` === name,
  )
  const own = named.filter((one) => scenario === undefined || one.scenario === scenario)
  if (own.length > 1)
    throw new BenchError(`Could not tell which baseline "${name}" is: ${own.length} scenarios have one`, {
      trouble: 'usage',
      details: own.map((one) => `${one.scenario}/${one.name}`).join('\n'),
      hint: 'name its scenario too, as in the list',
    })
  return own[0]
}

/** As `findBaseline`. @throws BenchError `usage` if there is none; the nearest name is offered */
export function requireBaseline(folder: string, name: string): StoredBaseline {
  const found = findBaseline(folder, name)
  if (found !== undefined) return found
  const all = listBaselines(folder)
  throw new BenchError(
    `Could not find baseline "${name}"${didYouMean(
      name,
      all.map((one) => one.name),
    )}`,
    {
      trouble: 'usage',
      hint:
        all.length === 0
          ? `there are no baselines in ${folder}; \`bench baseline save <name>\` keeps one`
          : '`bench baseline list` shows those that are kept',
    },
  )
}

/** @throws BenchError `usage` if the file cannot be read or is damaged */
export function readBaseline({ file }: StoredBaseline): RunRecord {
  return parseRecord(readNamedText(file, { what: 'baseline', trouble: 'usage' }), file)
}

/** Takes a baseline away. @throws BenchError `failed` */
export function removeBaseline({ file }: StoredBaseline): void {
  try {
    rmSync(file)
  } catch (error) {
    throw new BenchError(`Could not remove ${file}: ${(error as Error).message}`, {
      trouble: 'failed',
      cause: error,
    })
  }
}
