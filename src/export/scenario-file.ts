/** Where the scenario of a run stands in the user's repository. */
import { existsSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import type { RunRecord } from '../record/record.ts'
import { inProject } from '../host/project.ts'

/**
 * The file that the run was asked to measure, or pathbench's own scenario, from the top of the repository;
 * undefined if it is not there or outside, or was changed by the command line: then its lines are others.
 *
 * @param repository its top folder
 * @param folder where a file's name counts from
 */
export function scenarioFileOf(
  { request, scenario }: Pick<RunRecord, 'request' | 'scenario'>,
  repository: string,
  folder: string,
): string | undefined {
  if (request?.changes !== undefined) return undefined
  const candidates = [resolve(folder, request?.scenario ?? ''), inProject('scenarios', `${scenario}.yaml`)]
  const found = candidates.find((file) => /\.ya?ml$/.test(file) && existsSync(file))
  return found === undefined ? undefined : inRepository(found, repository)
}

/** `file` from the top of the repository; undefined if it is outside. */
export function inRepository(file: string, repository: string): string | undefined {
  const path = relative(repository, file)
  return path === '' || /^\.\.(\/|$)/.test(path) || isAbsolute(path) ? undefined : path
}
