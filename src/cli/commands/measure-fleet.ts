/** Plays the playbook, tells what comes of each host as it does, and keeps it. */
import { join, resolve } from 'node:path'
import { hostsAfter, type FleetEvent, measuringTask } from '../../ansible/events.ts'
import { play } from '../../ansible/play.ts'
import { fleetFolder, readFleet, writeFleet } from '../../keep/fleet-store.ts'
import { type Fleet, type FleetHost, fleetSchemaVersion } from '../../record/fleet.ts'
import type { RunRequest } from '../../record/record.ts'
import { makeRunId } from '../../run/record.ts'
import { leadMetrics } from '../../record/lead-metrics.ts'
import { shortNoun } from '../../record/metric-words.ts'
import { ratioWords } from '../../fleet/words.ts'
import { tell } from '../terminal/output.ts'

export interface FleetOrder {
  readonly request: RunRequest
  readonly scenario: string
  readonly inventory: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly words: readonly string[]
  readonly results: string
  readonly isQuiet: boolean
  /** Tells two fleets of the same second apart. */
  readonly id: number
}

export interface FleetEnd {
  readonly folder: string
  readonly isInterrupted: boolean
}

/** @throws BenchError where it ended before there were hosts */
export async function measureFleet(order: FleetOrder): Promise<FleetEnd> {
  const startedAt = new Date()
  let fleet: Fleet = {
    schemaVersion: fleetSchemaVersion,
    fleetId: `fleet-${makeRunId(startedAt, order.id)}`,
    ...{ scenario: order.scenario, inventory: order.inventory, request: order.request },
    startedAt: startedAt.toISOString(),
    finishedAt: startedAt.toISOString(),
    complete: false,
    hosts: [],
  }
  const folder = fleetFolder(order.results, fleet)
  const hear = (event: FleetEvent): void => {
    const hosts = hostsAfter(fleet.hosts, event)
    const isNews = JSON.stringify(hosts) !== JSON.stringify(fleet.hosts)
    fleet = { ...fleet, hosts }
    if (isNews) {
      writeFleet(order.results, fleet)
    }
    if (!order.isQuiet) tellOf(event, fleet, isNews, { results: order.results, folder })
  }
  let isInterrupted = false
  // Ctrl-C reaches ansible-playbook too, and its end is waited for.
  const interrupt = (): void => {
    isInterrupted = true
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
  try {
    await play(
      {
        inventory: order.inventory,
        variables: { ...order.variables, pathbench_results: resolve(folder) },
        words: order.words,
      },
      hear,
    )
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupt)
  }
  const complete = fleet.hosts.every(({ state }) => state !== 'waiting')
  writeFleet(order.results, {
    ...fleet,
    ...{ complete, finishedAt: new Date().toISOString() },
    hosts: fleet.hosts.map((one) =>
      one.state === 'waiting'
        ? { host: one.host, state: 'failed', reason: 'it ended before this host was done' }
        : one,
    ),
  })
  return { folder: join(folder), isInterrupted }
}

function tellOf(
  event: FleetEvent,
  { hosts }: Fleet,
  isNews: boolean,
  { results, folder }: { readonly results: string; readonly folder: string },
): void {
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
  const words =
    own?.state === 'measured'
      ? foundWords(readFleet(results, folder).fleet.hosts.find((one) => one.host === host))
      : `${own?.state ?? ''}: ${own?.reason?.split('\n')[0] ?? ''}`
  tell(`${host}  ${words}  (${done} of ${hosts.length})`)
}

/** `redirect +6.1 % ±0.9 packets/s`. */
function foundWords(host: FleetHost | undefined): string {
  const record = host?.record
  if (record === undefined) return host?.reason ?? 'no record'
  const candidates = record.paths.filter(({ role }) => role === 'candidate').map(({ name }) => name)
  const own = record.comparisons.filter(({ path }) => candidates.includes(path))
  const [lead] = leadMetrics(own.map(({ metric }) => metric))
  const found = own.filter(({ metric }) => metric === lead)
  return lead === undefined
    ? 'measured'
    : `${found.map(({ path, ratio }) => `${path} ${ratioWords(ratio)}`).join(', ')} ${shortNoun(lead)}`
}
