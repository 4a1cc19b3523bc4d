/** Scenarios of a user's own: redirect-vs-stack with something changed, in a folder far from the project. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { parseDocument } from 'yaml'
import { namesIn } from '../../src/host/names-in.ts'
import { inProject } from './bench-command.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A place in the scenario, and what stands there instead; undefined takes away what is there. */
export type Change = readonly [place: readonly (string | number)[], value: unknown]

/** Trials that take milliseconds. */
const smallLoad: Change = [
  ['load'],
  [
    { kind: 'flood', packets: 200 },
    { kind: 'pingpong', packets: 50 },
    { kind: 'paced', packets: 100 },
  ],
]

/** The text of redirect-vs-stack with small trials and `changes`. */
export const changedScenario = (changes: readonly Change[] = []): string =>
  changedText('redirect-vs-stack', [smallLoad, ...changes])

/** The text of a scenario with `changes`. */
export function changedText(scenario: string, changes: readonly Change[]): string {
  const document = parseDocument(readFileSync(inProject('scenarios', `${scenario}.yaml`), 'utf8'))
  document.delete('$schema')
  for (const [place, value] of changes)
    if (value === undefined) document.deleteIn(place)
    else document.setIn(place, document.createNode(value))
  return document.toString()
}

export interface OwnScenario {
  readonly folder: string
  readonly file: string
  readonly resultsFolder: string
  readonly reportsFolder: string
  /** Arguments of `bench` that run it and leave nothing in the project. */
  readonly runArguments: (...more: readonly string[]) => string[]
}

/** Writes a scenario and BPF sources beside it; all of it is gone after the test, and what was built of it. */
export function ownScenario(
  t: ExecutionContext,
  text: string,
  sources: Readonly<Record<string, string>> = {},
): OwnScenario {
  const folder = temporaryFolder(t)
  t.teardown(() => {
    for (const built of builtFrom(folder)) rmSync(built, { recursive: true })
  })
  const file = join(folder, 'own.yaml')
  const resultsFolder = join(folder, 'results')
  const reportsFolder = join(folder, 'reports')
  writeFileSync(file, text)
  for (const [name, source] of Object.entries(sources)) writeFileSync(join(folder, name), source)
  return {
    folder,
    file,
    resultsFolder,
    reportsFolder,
    runArguments: (...more) => ['run', file, '--results', resultsFolder, '--reports', reportsFolder, ...more],
  }
}

/** The folders of build/ that hold what was built of the sources in `folder`: each names its source. */
export function builtFrom(folder: string): string[] {
  const all = inProject('build', 'bpf', 'objects')
  return namesIn(all)
    .map((name) => join(all, name))
    .filter((built) => sourceOf(built).startsWith(`${folder}/`))
}

function sourceOf(built: string): string {
  try {
    return readFileSync(join(built, 'source'), 'utf8')
  } catch {
    return ''
  }
}
