/**
 * Where fleets are kept: `results/<scenario>/fleet-<id>/` with `fleet.json`, and for each host a folder of results, by its own
 * file name. What ansible-playbook fetched by itself, or Kubernetes' jobs wrote, is the same without `fleet.json`.
 */
import { statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import { BenchError } from '../host/errors.ts'
import { isFileName, ownFileName } from '../host/file-name.ts'
import { namesIn } from '../host/names-in.ts'
import { writeWhole } from '../host/whole-file.ts'
import {
  type Fleet,
  type FleetHost,
  fleetSchema,
  fleetSchemaVersion,
  type HostState,
  type ReadFleet,
} from '../record/fleet.ts'
import type { RunRecord } from '../record/record.ts'
import { kindFolders, type Stored } from './kind-folders.ts'
import { listRuns, makeFolder, readRun } from './store.ts'

const folders = kindFolders('fleet', 'the fleets')

/** The fleets that are kept, oldest first. */
export const listFleets = (results: string): Stored[] => folders.list(results)

/** The folder of a fleet. */
export const fleetFolder = (results: string, { scenario, fleetId }: Pick<Fleet, 'scenario' | 'fleetId'>) =>
  join(results, scenario, fleetId)

/** Writes `fleet.json`. @returns the fleet's folder @throws BenchError `failed` */
export function writeFleet(results: string, fleet: Fleet): string {
  const folder = fleetFolder(results, fleet)
  makeFolder(folder)
  writeWhole(join(folder, 'fleet.json'), `${JSON.stringify(fleet, null, 1)}\n`)
  return folder
}

/** The folders of hosts, where a folder has nothing but what ansible-playbook fetched. */
function hostFoldersIn(name: string): string[] {
  if (!(statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false)) return []
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
  const isKept = folders.has(results, name)
  const hosts = isKept ? [] : hostFoldersIn(name)
  if (hosts.length > 0) return { fleet: fetchedFleet(name, hosts), folder: name }
  if (!isKept)
    throw new BenchError(`Could not find a fleet "${name}"`, {
      trouble: 'usage',
      hint: 'name one that `bench list` shows, or a folder with a folder of results for each host; with --inventory a scenario is measured on hosts',
    })
  const folder = folders.find(results, name)
  const { fleetId, scenario, hosts: told } = parseFleet(folder)
  return {
    fleet: { name: fleetId, scenario, hosts: told.map((one) => withRecord(folder, scenario, one)) },
    folder,
  }
}

// Pages are written to files of these names, and the file may be anybody's.
const fileName = z.string().refine(isFileName, { error: 'expected a name that a folder can have' })
const fromElsewhere = fleetSchema.extend({ fleetId: fileName, scenario: fileName })

function parseFleet(folder: string): Fleet {
  const { value, wrong } = folders.read(folder)
  const parsed = fromElsewhere.safeParse(value)
  if (!parsed.success) throw wrong(`it is not a fleet\n${z.prettifyError(parsed.error)}`)
  if (parsed.data.schemaVersion > fleetSchemaVersion)
    throw wrong(
      `it is of version ${parsed.data.schemaVersion}, and this pathbench knows versions up to ${fleetSchemaVersion}`,
    )
  return parsed.data
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
