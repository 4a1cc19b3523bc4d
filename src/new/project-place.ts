/** How files of a new scenario point to files of pathbench's. */
import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inProject, projectFolder } from '../host/project.ts'

/**
 * A file of the project as a file in `folder` names it: by its way from there inside of this checkout, which may be
 * somewhere else tomorrow; else absolute, so that the folder can be moved.
 */
export function projectPlace(folder: string, ...parts: readonly string[]): string {
  const file = inProject(...parts)
  const isInside = !relative(projectFolder, folder).startsWith('..')
  return isInside ? relative(folder, file) : file
}

/** The schema that editors complete by. They take a relative name from the folder of the file that names it. */
export const schemaPlace = (folder: string): string =>
  projectPlace(folder, 'scenarios', 'scenario.schema.json')

/** A place as the first line of a scenario names it, which ends at a blank; a URL of a file has none. */
export const schemaReference = (place: string): string =>
  /\s/.test(place) ? pathToFileURL(place).href : place

/** The first line of a scenario: yaml-language-server reads it, with which most editors complete. */
export const schemaLine = (place: string): string =>
  `# yaml-language-server: $schema=${schemaReference(place)}`
