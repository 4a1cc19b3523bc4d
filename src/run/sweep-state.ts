/** A sweep before, and as it is gone on with. Pure but for the clock. */
import { randomInt } from 'node:crypto'
import { BenchError } from '../host/errors.ts'
import type { RunRequest } from '../record/record.ts'
import { type Sweep, type SweepAxis, type SweepPoint, sweepSchemaVersion } from '../record/sweep.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { RunOrder } from './prepare-run.ts'
import { makeRunId } from './record.ts'
import { planRun } from './settings.ts'

/** A point as it was asked for. */
export interface PointOrder {
  readonly values: SweepPoint['values']
  readonly order: RunOrder
}

/** What a sweep is asked to be. */
export interface SweepWords {
  readonly axes: readonly SweepAxis[]
  readonly points: readonly PointOrder[]
  /** The scenario's file, before any point's values are set. */
  readonly source: string
  readonly request: RunRequest
  readonly seed: number
}

/** Whether something of it is still to be measured. */
export const isOpen = ({ state }: SweepPoint): boolean => state === 'waiting' || state === 'begun'

/** A sweep to be gone on with: what failed is tried again. */
export const reopened = (sweep: Sweep): Sweep => ({
  ...sweep,
  points: sweep.points.map(({ reason, ...point }) =>
    point.state === 'failed'
      ? { ...point, state: 'waiting' }
      : { ...point, ...(reason === undefined ? {} : { reason }) },
  ),
})

/**
 * Namespaces that are there already are lent once, under the names of paths, and those that are made of devices are set up
 * once. @throws BenchError `usage`
 */
export function requireSameNamespaces(scenarios: readonly Scenario[]): void {
  const namespacesOf = ({ hosts, paths }: Scenario) => {
    const { namespaces = {}, links = {} } = paths[0]?.topology ?? {}
    const shared = Object.entries(namespaces).map(([name, { nftables: _, ...rest }]) =>
      hosts.length > 0 ? [name, rest] : [name, rest.existing],
    )
    return JSON.stringify([shared, hosts.length > 0 ? links : {}])
  }
  const [first, ...others] = scenarios.map(namespacesOf)
  if (others.some((one) => one !== first))
    throw new BenchError(
      'Could not sweep over the namespaces themselves: all points are of the same, as they are set up once',
      {
        trouble: 'usage',
        hint: 'measure each by a run of its own',
      },
    )
}

/** A sweep of which nothing is measured. */
export function newSweep({ axes, points, source, request, seed }: SweepWords, kernel: string): Sweep {
  const startedAt = new Date()
  const [first] = points
  const { name, title } = first!.order.scenario
  return {
    schemaVersion: sweepSchemaVersion,
    sweepId: `sweep-${makeRunId(startedAt, randomInt(2 ** 32))}`,
    ...{ scenario: name, title, scenarioSource: source, request, seed, kernel },
    startedAt: startedAt.toISOString(),
    finishedAt: startedAt.toISOString(),
    complete: false,
    axes: [...axes],
    points: points.map(({ values, order }) => ({
      values,
      runId: makeRunId(startedAt, randomInt(2 ** 32)),
      state: 'waiting',
      roundsDone: 0,
      rounds: planRun(order.scenario, order.options).rounds,
    })),
  }
}

/** In one line: what went wrong, and where. */
export const reasonText = ({ message, details }: BenchError): string =>
  [message, ...(details ?? '').split('\n').map((line) => line.trim())]
    .filter((line) => line !== '')
    .join('; ')
