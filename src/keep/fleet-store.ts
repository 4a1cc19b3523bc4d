/**
 * Where fleets are kept: `results/<scenario>/fleet-<id>/` with `fleet.json`, and for each host a folder of results. What
 * ansible-playbook fetched by itself is the same without `fleet.json`.
 */
import { statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import { BenchError } from '../host/errors.ts'
import { asFileName, isFileName } from '../host/file-name.ts'
import { namesIn } from '../host/names-in.ts'
import { writeWhole } from '../host/whole-file.ts'
import {
  type Fleet,
  type FleetHost,
  fleetSchema,
  fleetSchemaVersion,
  type ReadFleet,
} from '../record/fleet.ts'
import type { RunRecord } from '../record/record.ts'
import { kindFolders, type Stored } from './kind-folders.ts'
import { listRuns, makeFolder, readRun, type StoredRun } from './store.ts'

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

/** Whether a user who names this means a fleet: its folder, its file, its id or the start of that, or hosts' folders. */
export const isFleet = (results: string, name: string): boolean =>
  folders.has(results, name) || hostFoldersIn(name).length > 0

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
  const hosts = folders.has(results, name) ? [] : hostFoldersIn(name)
  if (hosts.length > 0) return { fleet: fetchedFleet(name, hosts), folder: name }
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
    hosts: hosts.map((host) => withRecord(folder, scenario, { host, state: 'measured' })),
  }
}

/** A host with its newest record, or with why that cannot be read. */
function withRecord(folder: string, scenario: string, told: FleetHost): FleetHost {
  const { host, state } = told
  if (state === 'waiting' || state === 'unreachable') return told
  const results = join(folder, asFileName(host))
  const read = listRuns(results)
    .filter((run) => run.scenario === scenario)
    .toReversed()
    .map((run) => readOne(results, run))
  const own = read.find((one): one is RunRecord => !('message' in one) && isOf(one, host))
  if (own !== undefined) return { ...told, record: own }
  const wrong = read.find((one) => 'message' in one)?.message
  return state === 'failed' ? told : { host, state: 'failed', reason: wrong ?? 'no record of it is there' }
}

/** Two names may make one folder's. */
const isOf = ({ environment }: RunRecord, host: string): boolean =>
  environment.host === undefined ||
  asFileName(environment.host) !== asFileName(host) ||
  environment.host === host

function readOne(results: string, { folder }: StoredRun): RunRecord | { readonly message: string } {
  try {
    return readRun(results, folder)
  } catch (error) {
    if (!(error instanceof BenchError)) throw error
    return { message: error.message }
  }
}

/** All records of fleets in a folder of results, for those who follow every run. */
export const listFleetRuns = (results: string): StoredRun[] =>
  listFleets(results).flatMap(({ folder }) => namesIn(folder).flatMap((host) => listRuns(join(folder, host))))
