/** Plays the playbook, tells what comes of each host as it does, and keeps it. */
import { randomInt } from 'node:crypto'
import { resolve } from 'node:path'
import { type FleetEvent, hostsAfter, measuringTask } from '../../ansible/events.ts'
import { play } from '../../ansible/play.ts'
import { fleets } from '../../keep/fleet-store.ts'
import { type Fleet, fleetSchemaVersion } from '../../record/fleet.ts'
import { makeRunId } from '../../run/record.ts'
import { tell } from '../terminal/output.ts'

export interface FleetOrder {
  readonly scenario: string
  /** Further words of `bench run`. */
  readonly options: readonly string[]
  readonly inventory: string
  /** The role's. */
  readonly variables: Readonly<Record<string, unknown>>
  /** Further words of ansible-playbook. */
  readonly words: readonly string[]
  readonly results: string
  readonly isQuiet: boolean
}

/** @param stopped ends it early @returns the fleet's folder @throws BenchError where it ended before there were hosts */
export async function measureFleet(order: FleetOrder, stopped: AbortSignal): Promise<string> {
  const startedAt = new Date()
  let fleet: Fleet = {
    schemaVersion: fleetSchemaVersion,
    fleetId: `fleet-${makeRunId(startedAt, randomInt(2 ** 32))}`,
    ...{ scenario: order.scenario, inventory: order.inventory, options: [...order.options] },
    startedAt: startedAt.toISOString(),
    finishedAt: startedAt.toISOString(),
    complete: false,
    hosts: [],
  }
  const hear = (event: FleetEvent): void => {
    const hosts = hostsAfter(fleet.hosts, event)
    const isNews = JSON.stringify(hosts) !== JSON.stringify(fleet.hosts)
    fleet = { ...fleet, hosts, finishedAt: new Date().toISOString() }
    // So that what was fetched can be read if this is killed.
    if (isNews) fleets.write(order.results, fleet)
    if (!order.isQuiet) tellOf(event, fleet, isNews)
  }
  const { inventory, words } = order
  const variables = {
    ...order.variables,
    pathbench_results: resolve(fleets.folderOf(order.results, fleet)),
  }
  await play({ inventory, variables, words }, hear, stopped)
  return fleets.write(order.results, {
    ...fleet,
    complete: fleet.hosts.every(({ state }) => state !== 'waiting'),
    finishedAt: new Date().toISOString(),
    hosts: fleet.hosts.map((one) =>
      one.state === 'waiting'
        ? { host: one.host, state: 'failed', reason: 'it ended before this host was done' }
        : one,
    ),
  })
}

function tellOf(event: FleetEvent, { hosts }: Fleet, isNews: boolean): void {
  if (event.event === 'hosts') {
    tell(`${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'}`)
    return
  }
  const { host } = event
  if (event.event === 'begun') {
    if (event.task === measuringTask) tell(`${host}  measuring`)
    return
  }
  if (!isNews) return
  const done = hosts.filter(({ state }) => state !== 'waiting').length
  const own = hosts.find((one) => one.host === host)
  const reason = own?.reason === undefined ? '' : `: ${own.reason.split('\n')[0]}`
  tell(`${host}  ${own?.state}${reason}  (${done} of ${hosts.length})`)
}
