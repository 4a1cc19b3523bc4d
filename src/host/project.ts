/** Where the project's own files are, wherever it was called from. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** The folder that holds package.json, bpf/, scenarios/, results/ and reports/. */
export const projectFolder = resolve(import.meta.dirname, '..', '..')

/** A path inside the project. */
export const inProject = (...parts: string[]): string => resolve(projectFolder, ...parts)

/** The version in package.json. */
export function projectVersion(): string {
  const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { version: string }
  return version
}
