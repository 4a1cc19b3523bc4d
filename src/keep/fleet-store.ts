/**
 * Where fleets are kept: `results/<scenario>/fleet-<id>/` with `fleet.json`, and for each host a folder of results, by its own
 * file name. What ansible-playbook fetched by itself, or Kubernetes' jobs wrote, is the same without `fleet.json`.
 */
import { basename, join, resolve } from 'node:path'
import { BenchError } from '../host/errors.ts'
import { ownFileName } from '../host/file-name.ts'
import { namesIn } from '../host/names-in.ts'
import {
  type Fleet,
  type FleetHost,
  fleetSchema,
  fleetSchemaVersion,
  type HostState,
  type ReadFleet,
} from '../record/fleet.ts'
import type { RunRecord } from '../record/record.ts'
import { kindStore } from './kind-store.ts'
import { listRuns, readRun } from './store.ts'
import { lookAtNamed } from '../host/named-place.ts'

export const fleets = kindStore<Fleet>({
  kind: 'fleet',
  those: 'the fleets',
  schema: fleetSchema,
  schemaVersion: fleetSchemaVersion,
  idOf: ({ fleetId }) => fleetId,
})

/** The folders of hosts, where a folder has nothing but what ansible-playbook fetched. */
function hostFoldersIn(name: string): string[] {
  if (!(lookAtNamed(name, 'fleet')?.isDirectory() ?? false)) return []
  return namesIn(name)
    .toSorted()
    .filter((host) => listRuns(join(name, host)).length > 0)
}

/**
 * The fleet that `name` means, with its records.
 *
 * @throws BenchError `usage` if there is none, more than one, or it cannot be read
 */
export function readFleet(
  results: string,
  name: string,
): { readonly fleet: ReadFleet; readonly folder: string } {
  const isKept = fleets.has(results, name)
  const hosts = isKept ? [] : hostFoldersIn(name)
  if (hosts.length > 0) return { fleet: fetchedFleet(name, hosts), folder: name }
  if (!isKept)
    throw new BenchError(`Could not find a fleet "${name}"`, {
      trouble: 'usage',
      hint: 'name one that `bench list` shows, or a folder with a folder of results for each host; with --inventory a scenario is measured on hosts',
    })
  const {
    kept: { fleetId, scenario, hosts: told },
    folder,
  } = fleets.read(results, name)
  return {
    fleet: { name: fleetId, scenario, hosts: told.map((one) => withRecord(folder, scenario, one)) },
    folder,
  }
}

/** Of the scenario of the newest run; a host's other runs are of no concern. */
function fetchedFleet(folder: string, hosts: readonly string[]): ReadFleet {
  const newest = hosts
    .flatMap((host) => listRuns(join(folder, host)).slice(-1))
    .toSorted((a, b) => a.runId.localeCompare(b.runId))
    .at(-1)!
  const { scenario } = newest
  return {
    name: basename(resolve(folder)),
    scenario,
    hosts: hosts.map((own) => {
      const found = newestRecord(join(folder, own), scenario)
      if (typeof found === 'string') return { host: own, state: 'failed', reason: found }
      const { host } = found.environment
      // The folder is made of the host's name, which may have been too odd for one.
      const isNamed = host !== undefined && ownFileName(host) === own
      return { host: isNamed ? host : own, state: 'measured', record: found }
    }),
  }
}

/** A host with its newest record, or with why that cannot be read. */
function withRecord(folder: string, scenario: string, told: HostState): FleetHost {
  if (told.state === 'waiting' || told.state === 'unreachable') return told
  const found = newestRecord(join(folder, ownFileName(told.host)), scenario)
  if (typeof found !== 'string') return { ...told, record: found }
  return told.state === 'failed' ? told : { host: told.host, state: 'failed', reason: found }
}

/** The newest of a scenario, or why there is none. */
function newestRecord(results: string, scenario: string): RunRecord | string {
  const run = listRuns(results).findLast((one) => one.scenario === scenario)
  if (run === undefined) return `no record of ${scenario} is there`
  try {
    return readRun(results, run.folder)
  } catch (error) {
    if (!(error instanceof BenchError)) throw error
    return error.message
  }
}
