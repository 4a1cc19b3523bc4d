/** The page of a fleet. */
import type { ComparedFleet } from '../../fleet/compared.ts'
import { asFileName } from '../../host/file-name.ts'
import { savePage } from '../../keep/save-page.ts'

/** @param wanted the file to write, instead of one in the folder of reports @returns the file @throws BenchError `failed` */
export async function saveFleetReport(
  compared: ComparedFleet,
  reports: string,
  wanted?: string,
): Promise<string> {
  const { renderFleet } = await import('../../fleet/page.ts')
  const name = asFileName(compared.name.startsWith('fleet-') ? compared.name : `fleet-${compared.name}`)
  return savePage(reports, compared.scenario, name, renderFleet(compared), wanted)
}
