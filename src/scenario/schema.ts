/**
 * The scenario file: its shape, as zod sees it; `schema/` has its parts. What fields mean together is
 * checked in `check.ts`. The published JSON Schema, which editors follow, is generated from this.
 */
import { z } from 'zod'
import { trialSchema } from '../parts/loads/loads.ts'
import { pathSchema } from './schema/path.ts'
import { topologySchema } from './schema/topology.ts'
import { ipv4Address, line, plainName, port, whole } from '../parts/words.ts'

const server = z.strictObject({ namespace: plainName, address: ipv4Address, port })

export const scenarioSchema = z.strictObject({
  $schema: z.string().optional(),
  name: plainName,
  title: line,
  description: z.string().default(''),
  topology: topologySchema,
  client: z.strictObject({
    namespace: plainName,
    flows: whole('1 to 1024 flows', 1, 1024)
      .default(1)
      .describe('UDP flows, each with a source port of its own, among which packets are dealt out.'),
  }),
  server: server.optional().describe('The one server. Where there are several: servers.'),
  servers: z
    .array(server)
    .min(1, 'at least one server')
    .max(16, 'at most 16 servers')
    .optional()
    .describe('Several servers, behind one service address.'),
  service: z
    .strictObject({ address: ipv4Address })
    .optional()
    .describe("The virtual IP that clients call, where it is not the servers' own address."),
  load: z
    .array(trialSchema)
    .min(1, 'at least one trial')
    .describe('The trials that every block gives to every path.'),
  paths: z.record(plainName, pathSchema).describe('The paths to compare, by name.'),
  gates: z
    .array(line)
    .default([])
    .describe('Limits that `bench check` holds a run to, such as "redirect.throughputPps.ratio >= 1.02".'),
})

export type Server = z.infer<typeof server>
/** The file as parsed, before paths are resolved. */
export type ScenarioFile = z.infer<typeof scenarioSchema>
export type Role = ScenarioFile['paths'][string]['role']

export type { FieldValue, Program, SampleDatagram, Values } from './schema/program.ts'
export { type Link, type LinkEnd, type Topology, topologySchema } from './schema/topology.ts'
