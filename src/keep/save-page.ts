/** Writes a page in the folder of reports, or where somebody wants it. */
import { join } from 'node:path'
import { makeFolder, writeWhole } from './store.ts'

/**
 * @param wanted the file to write instead of that of the page's name, in a folder by its scenario
 * @returns the file
 * @throws BenchError `failed` if it cannot be written
 */
export function savePage(
  reports: string,
  scenario: string,
  name: string,
  html: string,
  wanted?: string,
): string {
  const folder = join(reports, scenario)
  if (wanted === undefined) makeFolder(folder, '--reports')
  const file = wanted ?? join(folder, `${name}.html`)
  writeWhole(file, html, wanted === undefined ? '--reports' : '--html')
  return file
}
