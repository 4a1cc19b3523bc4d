/** Where the scenario of a run stands in the user's repository. */
import { existsSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import type { RunRecord } from '../results/record.ts'
import { inProject } from '../host/project.ts'

/** The scenario's name or file in the command that repeats a run; quoted where a shell wants it. */
const afterRun = /\bbench (?:run|ab) ('(?:[^']|'\\'')*'|\S+)/

/**
 * The file that the run's command names, or pathbench's own scenario, from the top of the repository;
 * undefined if it is not there or outside.
 *
 * @param repository its top folder
 * @param folder where a file's name in the command counts from
 */
export function scenarioFileOf(
  { command, scenario }: Pick<RunRecord, 'command' | 'scenario'>,
  repository: string,
  folder: string,
): string | undefined {
  const word = afterRun.exec(command)?.[1] ?? ''
  const named = word.startsWith("'") ? word.slice(1, -1).replaceAll(`'\\''`, "'") : word
  const candidates = [resolve(folder, named), inProject('scenarios', `${scenario}.yaml`)]
  const found = candidates.find((file) => /\.ya?ml$/.test(file) && existsSync(file))
  return found === undefined ? undefined : inRepository(found, repository)
}

/** `file` from the top of the repository; undefined if it is outside. */
export function inRepository(file: string, repository: string): string | undefined {
  const path = relative(repository, file)
  return path === '' || /^\.\.(\/|$)/.test(path) || isAbsolute(path) ? undefined : path
}
