/** What of a user's own goes along to the hosts: a scenario's file, its programs and scripts, and programs of --with. */
import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { NewFile } from '../host/write-all.ts'
import { inProject } from '../host/project.ts'
import { copiedFiles } from '../new/copied-files.ts'
import { includedFiles } from '../new/included-files.ts'
import type { Changes } from '../scenario/changes/words.ts'
import type { Scenario } from '../scenario/scenario.ts'

export interface AlongWith {
  /** Relative to the folder that goes along. */
  readonly files: readonly NewFile[]
  /** How a host calls the scenario. */
  readonly scenario: string
  readonly changes: Changes
}

/**
 * @param folder that the files will be in
 * @throws BenchError `usage` where two of them would be one
 */
export function filesAlong({ name, file }: Scenario, changes: Changes, folder: string): AlongWith {
  const isOwn = dirname(file) !== inProject('scenarios')
  const own = isOwn ? copiedFiles({ name, folder }, file).filter((one) => one.file !== 'README.md') : []
  const programs = (changes.with ?? []).map(withParts)
  const brought = [...new Set(programs.flatMap(({ object }) => (object.startsWith('/') ? [object] : [])))]
  const headers = brought.filter((one) => one.endsWith('.c')).flatMap(includedFiles)
  return {
    files: [
      ...own.map(({ file: place, text, isExecutable = false }) => ({ file: place, text, isExecutable })),
      ...[...brought, ...headers].map((one) => ({ file: basename(one), text: readFileSync(one) })),
    ],
    scenario: isOwn ? `./${name}.yaml` : name,
    changes:
      changes.with === undefined
        ? changes
        : {
            ...changes,
            with: programs.map(({ path, object, rest }) =>
              object.startsWith('/') ? `${path}./${basename(object)}${rest}` : `${path}${object}${rest}`,
            ),
          },
  }
}

/** `[PATH=]OBJECT:PROGRAM@…`; the object's way is whole where it is a file here. */
function withParts(text: string): { readonly path: string; readonly object: string; readonly rest: string } {
  const [, path = '', object = text, rest = ''] = /^([a-z0-9][a-z0-9-]*=)?([^:]+)(:.*)$/s.exec(text) ?? []
  return { path, object, rest }
}
