/**
 * Asks a path for answers over TCP with checksums in its packets, as over a wire. Between veth pairs nobody computes
 * them, and no receiver notices where a path spoils one. Of UDP its driver sends such packets by itself.
 */
import type { Asked, Driver } from '../load/driver.ts'
import type { Drivers } from '../load/drivers.ts'
import type { Generator } from '../load/generator.ts'
import type { DevicePlace } from '../load/protocol.ts'
import { loadOf, type LoadTrial } from '../parts/loads/loads.ts'
import { addTraffic, noTraffic } from '../parts/traffic.ts'
import { linkEnds } from '../scenario/link-ends.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import { namespacePlace } from '../topology/sandbox.ts'

export interface AskingTools {
  readonly generator: Generator
  readonly drivers: Drivers
  /** The client's namespace. */
  readonly client: string
  /** Whether a path is asked so: what a program does with checksums it does always. */
  readonly isAskedWithChecksums: (path: ScenarioPath) => boolean
}

/** @param ask asks a driver until it is answered */
export async function askWithChecksums(
  { generator, drivers, client, isAskedWithChecksums }: AskingTools,
  path: ScenarioPath,
  load: readonly LoadTrial[],
  ask: (driver: Driver) => Promise<Asked>,
): Promise<Pick<Asked, 'traffic' | 'reason'>> {
  const nothing = { traffic: noTraffic, reason: undefined }
  if (load.every(({ kind }) => loadOf(kind).counted === 'packets') || !isAskedWithChecksums(path))
    return nothing
  const changed = await generator.at(path.name).computeChecksums(devicesOfEnds(path, client), true)
  try {
    let traffic = noTraffic
    for (const driver of drivers.all()) {
      if (!driver.leavesChecksums) continue
      const asked = await ask(driver)
      traffic = addTraffic(traffic, asked.traffic)
      if (asked.reason !== undefined)
        return { traffic, reason: `with checksums in packets, as over a wire, ${asked.reason}` }
    }
    return { traffic, reason: undefined }
  } finally {
    if (changed.length > 0) await generator.at(path.name).computeChecksums(changed, false)
  }
}

function devicesOfEnds({ name, topology, servers }: ScenarioPath, client: string): DevicePlace[] {
  const ends = new Set([client, ...servers.map(({ namespace }) => namespace)])
  const fileOf = namespaceFileFor(name)
  return linkEnds(topology)
    .filter(({ namespace }) => ends.has(namespace))
    .map(({ namespace, device }) => ({
      namespace: namespacePlace(fileOf(namespace)),
      device,
    }))
}
