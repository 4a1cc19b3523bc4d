/** What `fleet.json` holds: the hosts of a fleet, whose runs lie beside it. */
import { z } from 'zod'
import type { RunRecord } from './record.ts'

/** Version of the schema that this code writes. */
export const fleetSchemaVersion = 1

const hostSchema = z.object({
  /** As the inventory has it. */
  host: z.string(),
  /** waiting: nothing has come of it yet. failed: pathbench could not be installed or run there. */
  state: z.enum(['waiting', 'measured', 'failed', 'unreachable']),
  /** Why there is no record, or what went wrong although there is one. */
  reason: z.string().exactOptional(),
})

export const fleetSchema = z.object({
  schemaVersion: z.number(),
  fleetId: z.string(),
  scenario: z.string(),
  /** As it was given to ansible-playbook. */
  inventory: z.string(),
  /** Further words of `bench run` on every host. */
  options: z.array(z.string()),
  startedAt: z.string(),
  finishedAt: z.string(),
  /** Whether all hosts have come to their end. */
  complete: z.boolean(),
  hosts: z.array(hostSchema),
})

export type Fleet = z.infer<typeof fleetSchema>
export type HostState = z.infer<typeof hostSchema>

/** A host and what it measured. */
export interface FleetHost extends HostState {
  readonly record?: RunRecord
}

/** A fleet with its runs, however they were fetched. */
export interface ReadFleet {
  /** Its id, or the name of its folder. */
  readonly name: string
  readonly scenario: string
  /** In the order of the inventory, or of their names. */
  readonly hosts: readonly FleetHost[]
}
