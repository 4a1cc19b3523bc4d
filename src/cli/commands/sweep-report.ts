/** Writes the HTML page of a sweep. */
import { join } from 'node:path'
import { makeFolder, writeWhole } from '../../keep/store.ts'
import type { Sweep } from '../../record/sweep.ts'
import type { Records } from '../../sweep/curves.ts'

/** @returns the file @throws BenchError `failed` if it cannot be written */
export async function saveSweepReport(sweep: Sweep, records: Records, reports: string): Promise<string> {
  const { renderSweep } = await import('../../sweep/page.ts')
  const folder = join(reports, sweep.scenario)
  makeFolder(folder)
  const file = join(folder, `${sweep.sweepId}.html`)
  writeWhole(file, await renderSweep(sweep, records))
  return file
}
