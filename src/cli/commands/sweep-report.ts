/** Writes the HTML page of a sweep. */
import { savePage } from '../../keep/save-page.ts'
import type { Records, Sweep } from '../../record/sweep.ts'

/** @returns the file @throws BenchError `failed` if it cannot be written */
export async function saveSweepReport(sweep: Sweep, records: Records, reports: string): Promise<string> {
  const { renderSweep } = await import('../../sweep/page.ts')
  return savePage(reports, sweep.scenario, sweep.sweepId, await renderSweep(sweep, records))
}
