/**
 * The scenario file: its shape, as zod sees it; `schema/` has its parts. What fields mean together is
 * checked in `check.ts`. The published JSON Schema, which editors follow, is generated from this.
 */
import { z } from 'zod'
import { trialSchema } from '../parts/loads/loads.ts'
import { familiesSchema } from './families.ts'
import { pathSchema } from './schema/path.ts'
import { topologySchema } from './schema/topology.ts'
import { mostValues } from './changes/axis.ts'
import { ipAddress, line, plainName, port, whole } from '../parts/words.ts'

const server = z.strictObject({
  namespace: plainName.describe('The namespace that it is in.'),
  address: ipAddress.describe(
    'The address that it listens on: one of its namespace, or the service address where a path says so.',
  ),
  port: port.describe('The port for UDP; web servers listen on that of their load.'),
})

const host = z.strictObject({
  ssh: z
    .string()
    .regex(/^[^\s-]\S*$/, 'what ssh takes: root@192.0.2.7, ssh://root@dut:2222, a Host of ssh_config')
    .describe('Where ssh leads there, as root: a destination of ssh(1).'),
  config: line
    .optional()
    .describe("A configuration file for ssh in the place of the user's; relative to the scenario's folder."),
})

const parameterName = z.string().regex(/^[\w.-]{1,40}$/, 'a name of letters, digits and any of _ . -')
const parameterValue = z.union([z.number(), z.string(), z.boolean()], {
  error: 'a number, a text, true or false',
})

const valueList = z
  .array(z.union([z.number(), line], { error: 'a number or a text' }))
  .min(2, 'at least two values')
  .max(mostValues, `at most ${mostValues} values`)
const valueRange = z.string().regex(/^[^.]+(\.\d+)?\.\..+$/, 'a range, as in 10k..500k/6')
const matrixSchema = z.record(
  parameterName,
  z.union([valueList, valueRange], { error: 'a list of values, or a range as in 10k..500k/6' }),
)

export const scenarioSchema = z.strictObject({
  $schema: z.string().optional().describe('The JSON Schema of this file, for editors that look for it here.'),
  name: plainName.describe('Runs are kept by it.'),
  title: line.describe('What is compared, in a line.'),
  description: z
    .string()
    .default('')
    .describe('What is compared, in as many lines as it takes; shown in the report.'),
  place: z
    .enum(['sandbox', 'existing'], { error: 'sandbox or existing' })
    .default('sandbox')
    .describe(
      'sandbox: namespaces are built, and gone after the run. existing: those that are there are used, and every path is there only for its trials.',
    ),
  parameters: z
    .record(parameterName, parameterValue)
    .default({})
    .describe(
      'Values with a name: ${NAME} in a text of this file stands for one (in quotes where it stands between braces: "${NAME}"), and --set NAME=VALUE and --sweep NAME=VALUES give it others. In commands, ${NAME} of any other name is the shell’s.',
    ),
  matrix: matrixSchema
    .default({})
    .describe(
      'What is measured as a sweep: parameters, or settings that every scenario has (payload, rate, flows, connections, mtu, routes, rules, entries), each with the values that it takes in turn.',
    ),
  families: familiesSchema.optional(),
  hosts: z
    .record(plainName, host)
    .default({})
    .describe(
      'Hosts that paths lead over, reached by ssh: the devices under test. Load is sent and received here.',
    ),
  topology: topologySchema.describe('What is built for every path: network namespaces, and what links them.'),
  client: z
    .strictObject({
      namespace: plainName.describe('The namespace that load is sent from.'),
      flows: whole('1 to 1024 flows', 1, 1024)
        .default(1)
        .describe('UDP flows, each with a source port of its own, among which packets are dealt out.'),
    })
    .describe('Who sends the load.'),
  server: server.optional().describe('The one server. Where there are several: servers.'),
  servers: z
    .array(server)
    .min(1, 'at least one server')
    .max(16, 'at most 16 servers')
    .optional()
    .describe('Several servers, behind one service address.'),
  service: z
    .strictObject({
      address: ipAddress.describe(
        'The address that clients call; hosts that answer for it have it on a link or in loopback.',
      ),
    })
    .optional()
    .describe("The virtual IP that clients call, where it is not the servers' own address."),
  load: z
    .array(trialSchema)
    .min(1, 'at least one trial')
    .describe('The trials that every block gives to every path.'),
  loads: z
    .record(plainName, z.array(trialSchema).min(1, 'at least one trial'))
    .default({})
    .describe('Other loads by name: `--load NAME` measures with one of them instead of `load`.'),
  paths: z.record(plainName, pathSchema).describe('The paths to compare, by name.'),
  gates: z
    .array(line)
    .default([])
    .describe('Limits that `bench check` holds a run to, such as "redirect.throughputPps.ratio >= 1.02".'),
})

export type Host = z.infer<typeof host>
export type Server = z.infer<typeof server>
/** The file as parsed, before paths are resolved. */
export type ScenarioFile = z.infer<typeof scenarioSchema>
export type Role = ScenarioFile['paths'][string]['role']

export type { FieldValue, Program, SampleDatagram, Values } from './schema/program.ts'
export type { Link, LinkEnd, Pair, Single } from './schema/link.ts'
export { type Topology, topologySchema } from './schema/topology.ts'
