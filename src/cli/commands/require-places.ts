/** Where a measurement will be kept and shown. */
import { makeFolder } from '../../keep/store.ts'

export interface Places {
  readonly results: string
  /** Whether a page of it is written, and to which folder. */
  readonly report: boolean
  readonly reports?: string
}

/** Makes the folders, and sees that they can be written: better now than when it has been measured. @throws BenchError `failed` */
export function requirePlaces({ results, report, reports }: Places): void {
  makeFolder(results)
  if (report && reports !== undefined) makeFolder(reports, '--reports')
}
