/** The drivers of load: a line here for each. */
import type { DriverName } from '../parts/loads/load.ts'
import { type LoadTrial, loadOf } from '../parts/loads/loads.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Step } from '../topology/steps.ts'
import type { Driver, DriverKind, DriverTools, ServedPath, TrialBatch } from './driver.ts'
import type { Drained } from './answers.ts'
import { sharedEnds } from './ends.ts'
import { h2load } from './http-driver.ts'
import { tcp } from './tcp-driver.ts'
import { udpgen } from './udp-driver.ts'

const kinds: Readonly<Record<DriverName, DriverKind>> = { udpgen, tcp, h2load }

/** Which driver runs a trial. */
export const driverOf = ({ kind }: { readonly kind: string }): DriverName => loadOf(kind).driver

/** The steps that start what serves a path, beside the drivers themselves. */
export const serverSteps = (path: ServedPath, load: readonly LoadTrial[]): Step[] =>
  Object.values(kinds).flatMap((kind) => kind.serverSteps(path, load))

/** The steps that start what serves paths that share their namespaces. */
export const sharedServerSteps = (
  [first]: readonly ScenarioPath[],
  served: Omit<ServedPath, 'path'>,
  load: readonly LoadTrial[],
): Step[] =>
  first === undefined ? [] : serverSteps({ ...served, path: { ...first, name: sharedEnds } }, load)

/** The steps that end it, on paths by name. */
export const endSteps = (paths: readonly string[], load: readonly LoadTrial[]): Step[] =>
  Object.values(kinds).flatMap((kind) => kind.endSteps(paths, load))

/** The steps that end that. */
export const sharedEndSteps = (load: readonly LoadTrial[]): Step[] => endSteps([sharedEnds], load)

/** All drivers of a run; one that its scenario has no load for has nothing to do. */
export class Drivers {
  readonly #drivers: Readonly<Record<DriverName, Driver>>

  constructor(tools: DriverTools) {
    const started = Object.entries(kinds).map(([name, kind]) => [name, kind.start(tools)])
    this.#drivers = Object.fromEntries(started) as Record<DriverName, Driver>
  }

  /** Each of them. */
  all(): readonly Driver[] {
    return Object.values(this.#drivers)
  }

  /** Opens the ends of paths that are up, and closes those of before. */
  async open(paths: readonly ScenarioPath[]): Promise<void> {
    for (const driver of this.all()) await driver.open(paths)
  }

  /** Runs trials back to back. */
  async run({ driver, trials }: TrialBatch): Promise<readonly TrialResult[]> {
    const results = await this.#drivers[driver].run(trials)
    return results.map((result, index) => {
      const name = trials[index]?.trial.name
      return name === undefined ? result : { ...result, name }
    })
  }

  /** Adds to the result of a trial what can be looked at only once no trial is under way. */
  async complete(result: TrialResult): Promise<TrialResult> {
    return await this.#drivers[driverOf(result)].complete(result)
  }

  /** What waited at the ends of paths when no trial was under way. */
  async drain(): Promise<readonly Drained[]> {
    const drained: Drained[] = []
    for (const driver of this.all()) drained.push(...(await driver.drain()))
    return drained
  }

  async close(): Promise<void> {
    for (const driver of this.all()) await driver.close()
  }
}
