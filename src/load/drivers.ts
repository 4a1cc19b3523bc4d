/** The drivers of load: a line here for each. */
import type { DriverName } from '../parts/loads/load.ts'
import { loadOf } from '../parts/loads/loads.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Driver, DriverKind, DriverTools, TrialBatch } from './driver.ts'
import type { Drained } from './protocol.ts'
import { h2load } from './http-driver.ts'
import { udpgen } from './udp-driver.ts'

const kinds: Readonly<Record<DriverName, DriverKind>> = { udpgen, h2load }

export const driverNames = Object.keys(kinds) as DriverName[]

/** Which driver runs a trial. */
export const driverOf = ({ kind }: { readonly kind: string }): DriverName => loadOf(kind).driver

export const driverKind = (name: DriverName): DriverKind => kinds[name]

/** All drivers of a run; one that its scenario has no load for has nothing to do. */
export class Drivers {
  readonly #drivers: ReadonlyMap<DriverName, Driver>

  constructor(tools: DriverTools) {
    this.#drivers = new Map(driverNames.map((name) => [name, kinds[name].start(tools)]))
  }

  [Symbol.iterator](): IterableIterator<[DriverName, Driver]> {
    return this.#drivers.entries()
  }

  /** Opens the ends of paths that are up, and closes those of before. */
  async open(paths: readonly ScenarioPath[]): Promise<void> {
    for (const driver of this.#drivers.values()) await driver.open(paths)
  }

  /** Runs trials back to back. */
  async run({ driver, trials }: TrialBatch): Promise<readonly TrialResult[]> {
    return await this.#named(driver).run(trials)
  }

  /** Adds to the result of a trial what can be looked at only once no trial is under way. */
  async complete(result: TrialResult): Promise<TrialResult> {
    return await this.#named(driverOf(result)).complete(result)
  }

  /** What waited at the ends of paths when no trial was under way. */
  async drain(): Promise<readonly Drained[]> {
    const drained: Drained[] = []
    for (const driver of this.#drivers.values()) drained.push(...(await driver.drain()))
    return drained
  }

  async close(): Promise<void> {
    for (const driver of this.#drivers.values()) await driver.close()
  }

  #named(name: DriverName): Driver {
    const driver = this.#drivers.get(name)
    if (driver === undefined) throw new Error(`no driver ${name}`)
    return driver
  }
}
