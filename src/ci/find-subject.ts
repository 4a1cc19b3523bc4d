/** Which scenario and path of a repository are to be watched. */
import { realpathSync } from 'node:fs'
import { join, relative } from 'node:path'
import { onlyCandidate } from '../ab/ab-scenario.ts'
import { BenchError } from '../host/errors.ts'
import { didYouMean } from '../host/nearest.ts'
import { inProject } from '../host/project.ts'
import { shellWord } from '../host/shell-word.ts'
import { findScenario } from '../scenario/find.ts'
import { loadScenario } from '../scenario/load.ts'
import { scenarioFilesIn } from './repository.ts'
import type { Subject } from './services.ts'

export interface Wanted {
  /** As the user names it; undefined for the only one that there is. */
  readonly scenario: string | undefined
  /** Undefined for the only candidate. */
  readonly path: string | undefined
}

/**
 * The scenario, from the repository's top, and its path; both checked.
 *
 * @param top the repository's top folder
 * @throws BenchError `usage` where there is none, or several and none was named
 */
export async function findSubject(top: string, wanted: Wanted): Promise<Omit<Subject, 'source'>> {
  const scenario =
    wanted.scenario === undefined ? await onlyScenario(top) : fileIn(top, findScenario(wanted.scenario))
  // What is written becomes part of YAML and of shell commands, in which these need no quotes.
  if (!/^[\w.][\w.@+/-]*$/.test(scenario))
    throw new BenchError(
      `Could not use scenario ${scenario}: its name has other characters than letters, digits and . _ / - + @`,
      { trouble: 'usage', hint: 'rename it' },
    )
  const loaded = loadScenario(join(top, scenario))
  const path = wanted.path ?? onlyCandidate(loaded)
  const names = loaded.paths.map(({ name }) => name)
  if (names.includes(path)) return { scenario, path }
  throw new BenchError(`Could not find path "${path}" in ${scenario}${didYouMean(path, names)}`, {
    trouble: 'usage',
    hint: `there are: ${names.join(', ')}`,
  })
}

/** CI has what is in the repository only. */
function fileIn(top: string, file: string): string {
  const inside = relative(realpathSync(top), realpathSync(file))
  if (!inside.startsWith('..')) return inside
  throw new BenchError(`Could not use scenario ${file}: it is not in the repository ${top}`, {
    trouble: 'usage',
    hint: `copy it there, with the BPF sources that it names:  cp ${shellWord(file)} ${shellWord(top)}`,
  })
}

async function onlyScenario(top: string): Promise<string> {
  const files = await scenarioFilesIn(top)
  const [only] = files
  if (only !== undefined && files.length === 1) return only
  if (only === undefined)
    throw new BenchError(`Could not find a scenario in ${top}`, {
      trouble: 'usage',
      hint: `copy one, and put your program into it:  cp ${shellWord(existing('redirect-vs-stack'))} ${shellWord(top)}`,
    })
  throw new BenchError(`Could not tell which scenario is meant: there are ${files.length}`, {
    trouble: 'usage',
    details: files.join('\n'),
    hint: 'name one with --scenario',
  })
}

const existing = (name: string): string => inProject('scenarios', `${name}.yaml`)
