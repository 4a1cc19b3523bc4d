/** The hosts of a fleet beside each other: `bench compare FOLDER`, and what `bench fleet` ends with. */
import { BenchError } from '../../host/errors.ts'
import { asFileName } from '../../host/file-name.ts'
import { comparedFleet, type ComparedFleet, hasRecord } from '../../fleet/compared.ts'
import { isFleet, readFleet } from '../../keep/fleet-store.ts'
import { savePage } from '../../keep/save-page.ts'
import { fleetText } from '../terminal/fleet-text.ts'
import { columnsOf, print, tell } from '../terminal/output.ts'

export interface FleetFlags {
  readonly html?: string
  readonly report: boolean
  readonly json?: true
  readonly results: string
  readonly reports: string
}

/** @throws BenchError `usage` where it is not one fleet */
export async function compareFleet(
  names: readonly string[],
  margin: number,
  flags: FleetFlags,
): Promise<void> {
  const [name, ...others] = names
  if (name === undefined || others.length > 0)
    throw new BenchError('Could not compare a fleet with something else: its hosts are what is compared', {
      trouble: 'usage',
      hint: `name ${names.find((one) => isFleet(flags.results, one)) ?? 'the fleet'} alone, or two of its runs`,
    })
  await presentFleet(readFleet(flags.results, name).fleet, margin, flags)
}

/** Shows the hosts beside each other, and writes the page. */
export async function presentFleet(
  fleet: Parameters<typeof comparedFleet>[0],
  margin: number,
  flags: FleetFlags,
): Promise<ComparedFleet> {
  const compared = comparedFleet(fleet, margin)
  if (flags.json === true) {
    const { fleetJson } = await import('../../fleet/json.ts')
    print(JSON.stringify(fleetJson(compared), null, 2))
  } else print(fleetText(compared, columnsOf(process.stdout, 80)))
  if (flags.report && compared.hosts.some(hasRecord)) {
    const { renderFleet } = await import('../../fleet/page.ts')
    const name = fleet.name.startsWith('fleet-') ? fleet.name : `fleet-${fleet.name}`
    tell(
      `\nreport  ${savePage(flags.reports, fleet.scenario, asFileName(name), renderFleet(compared), flags.html)}`,
    )
  }
  return compared
}
