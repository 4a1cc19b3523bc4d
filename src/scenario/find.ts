/** Finding scenario files by name, and BPF sources by where they are named. */
import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, isAbsolute, resolve } from 'node:path'
import { BenchError } from '../host/errors.ts'
import { didYouMean } from '../host/nearest.ts'
import { inProject } from '../host/project.ts'

/** The scenarios that come with pathbench, by name. */
export function listScenarios(): string[] {
  return readdirSync(inProject('scenarios'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .toSorted()
}

/**
 * The file that `nameOrFile` means: one of pathbench's scenarios by name, or a file anywhere.
 *
 * @throws BenchError `usage` if there is no such thing; the nearest name is offered.
 */
export function findScenario(nameOrFile: string): string {
  const names = listScenarios()
  if (names.includes(nameOrFile)) return inProject('scenarios', `${nameOrFile}.yaml`)
  const looksLikeFile = /[/\\]|\.ya?ml$/.test(nameOrFile)
  if (looksLikeFile && existsSync(nameOrFile)) return resolve(nameOrFile)
  throw new BenchError(
    looksLikeFile
      ? `Could not find scenario file ${resolve(nameOrFile)}`
      : `Could not find scenario "${nameOrFile}"${didYouMean(nameOrFile, names)}`,
    {
      trouble: 'usage',
      hint: `there are: ${names.join(', ')}; or name a file, as in ./my-path.yaml`,
    },
  )
}

/**
 * The BPF source or object that a scenario names: beside the scenario, else in a folder bpf/ next to its
 * own, else among pathbench's.
 */
export function findObject(object: string, scenarioFile: string): string | undefined {
  const folder = dirname(scenarioFile)
  const candidates = isAbsolute(object)
    ? [object]
    : [resolve(folder, object), resolve(folder, '..', 'bpf', object), inProject('bpf', object)]
  return candidates.find((candidate) => existsSync(candidate))
}
