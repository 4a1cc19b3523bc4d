/** nftables rules of a path on namespaces that are there already: tables of its own, beside those of others. */
import { z } from 'zod'
import type { Undo } from './undo.ts'
import { BenchError } from '../host/errors.ts'
import { parseAnswer } from '../host/tool.ts'
import { devicesOf } from '../scenario/check.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { makeDevices } from './check-rules.ts'
import type { NamespaceFile } from './plan.ts'
import type { Sandbox } from './sandbox.ts'
import type { Step } from './steps.ts'

/** The rules of a path in one namespace. */
export interface OwnTables {
  readonly namespace: string
  readonly ruleset: string
  /** What they are in: family and name of each, `inet filter`. */
  readonly tables: readonly string[]
}

const listSchema = z.object({
  nftables: z.array(
    z.looseObject({ table: z.looseObject({ family: z.string(), name: z.string() }).optional() }),
  ),
})

/** Which tables a ruleset makes: the kernel is asked, in a network namespace that is there for a moment. */
const listOwn = `${makeDevices}
nft -f - && nft -j list tables`

/**
 * Finds the tables of a path's rules.
 *
 * @throws BenchError `failed` about one of which there is another with its name: its rules are others'
 */
export async function ownTables(
  sandbox: Sandbox,
  { name, topology }: ScenarioPath,
  fileOf: NamespaceFile,
): Promise<OwnTables[]> {
  const devices = devicesOf(topology)
  const found: OwnTables[] = []
  for (const [namespace, { nftables: ruleset }] of Object.entries(topology.namespaces)) {
    if (ruleset === '') continue
    const what = `list the nftables tables of ${namespace} of path "${name}"`
    const words = ['sh', '-c', listOwn, 'list', ...(devices.get(namespace) ?? [])]
    const [own = '', there = ''] = await sandbox.run([
      { command: ['unshare', '--net', ...words], input: ruleset, what },
      { command: ['nft', '-j', 'list', 'tables'], what, namespaceFile: fileOf(namespace) },
    ])
    const tables = tablesIn(own, what)
    const taken = tablesIn(there, what).find((table) => tables.includes(table))
    if (taken !== undefined) throw takenError(name, namespace, taken)
    found.push({ namespace, ruleset, tables })
  }
  return found
}

const tablesIn = (answer: string, what: string): string[] =>
  parseAnswer(answer, 'nft', what, listSchema).nftables.flatMap(({ table }) =>
    table === undefined ? [] : [`${table.family} ${table.name}`],
  )

const takenError = (path: string, namespace: string, table: string): BenchError =>
  new BenchError(
    `Could not load the nftables rules of ${namespace} of path "${path}": table ${table} is there already`,
    { trouble: 'failed', hint: 'the rules of a path want tables of their own: give them other names' },
  )

const lines = (statements: readonly string[]): string => statements.map((one) => `${one}\n`).join('')

/** The step that loads those of a namespace at once: where one of the tables is there by now, none of it is. */
export const loadTablesStep = (
  { namespace, ruleset, tables }: OwnTables,
  path: string,
  fileOf: NamespaceFile,
): Step => ({
  command: ['nft', '-f', '-'],
  input: lines([...tables.map((table) => `create table ${table}`), ruleset]),
  what: `load the nftables rules of ${namespace} of path "${path}"`,
  namespaceFile: fileOf(namespace),
})

/** The step that takes them away again. */
export const removeTablesStep = (
  { namespace, tables }: OwnTables,
  path: string,
  fileOf: NamespaceFile,
): Step => ({
  command: ['nft', '-f', '-'],
  input: lines(tables.map((table) => `delete table ${table}`)),
  what: `take away the nftables rules of ${namespace} of path "${path}"`,
  namespaceFile: fileOf(namespace),
})

/** What takes them away where nothing else has. */
export const tableUndos = (own: readonly OwnTables[]): Undo[] =>
  own.flatMap(({ namespace, tables }) =>
    tables.map((table) => ({ namespace, words: ['nft', 'delete', 'table', ...table.split(' ')] as const })),
  )
