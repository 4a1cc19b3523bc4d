/** Whether nft takes the rulesets of a scenario: asked before anything is built. */
import { type Command, tryTool } from '../host/tool.ts'
import { isInPath } from '../host/tools.ts'
import { devicesOf } from '../scenario/check.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { type FilePath, type Issue, parseYaml, type YamlFile } from '../scenario/yaml-file.ts'
import { refusedIn } from './additive-rules.ts'

/** A ruleset, and where it stands in the file. */
interface Ruleset {
  readonly text: string
  readonly at: FilePath
  /** Of its namespace, in whichever path. */
  readonly devices: ReadonlySet<string>
}

/** Shell commands that make devices of the names that are its arguments, as rules may refer to them. */
export const makeDevices = `
number=0
for device; do
  number=$((number + 1))
  ip link add name "$device" type veth peer name "..$number" </dev/null || exit 127
done`

const check = `${makeDevices}
exec nft -c -f -`

/** What nft says of a scenario's rulesets. */
export interface CheckedRules {
  readonly issues: readonly Issue[]
  /** How many nft was asked about. */
  readonly asked: number
  /** Why it was not asked about all of them, in words. */
  readonly unasked?: string
}

/**
 * Has nft look at every ruleset, in a network namespace of its own; of rules that include files, only that is told.
 * What nft is missing for is no problem of the scenario.
 */
export async function checkRules(scenario: Scenario): Promise<CheckedRules> {
  const rulesets = rulesetsOf(scenario)
  if (rulesets.length === 0) return { issues: [], asked: 0 }
  const yaml = parseYaml(scenario.source)
  const refusals = scenario.place === 'existing' ? refusedIn : () => []
  const refused = rulesets.flatMap(({ text, at }) =>
    issuesAt([...includesIn(text), ...refusals(text)], at, yaml),
  )
  if (refused.length > 0) return { issues: refused, asked: 0 }
  const unasked = await reasonNotToAsk()
  if (unasked !== undefined) return { issues: [], asked: 0, unasked }
  const found = await Promise.all(rulesets.map((ruleset) => checkRuleset(ruleset, yaml)))
  const answers = found.filter((issues) => issues !== undefined)
  return {
    issues: answers.flat(),
    asked: answers.length,
    ...(answers.length < found.length ? { unasked: 'the devices that they may name could not be made' } : {}),
  }
}

/** A network namespace of its own, for a moment: root gets it for the asking, others as root of a user namespace. */
const apart = (): Command =>
  process.getuid?.() === 0 ? ['unshare', '--net'] : ['unshare', '--user', '--map-root-user', '--net']

async function reasonNotToAsk(): Promise<string | undefined> {
  if (!isInPath('nft')) return 'nft is not installed'
  const { state } = await tryTool([...apart(), 'true'])
  return state === 'done' ? undefined : 'nft wants a network namespace, which only root gets here'
}

/**
 * Where a ruleset includes files. They are no part of the scenario that the record keeps, and nft would read any
 * file of the host's.
 */
export const includesIn = (ruleset: string): Problem[] =>
  [...ruleset.matchAll(/(?:^|[;{}])\s*(include(?:\s|\\\n)*["'])/gm)].map((found) => {
    const before = ruleset.slice(0, found.index + found[0].length - (found[1]?.length ?? 0)).split('\n')
    return {
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
      message: 'a scenario has its rules in itself, and includes no files',
    }
  })

/** Each once: what a path does not change stands under the topology that all share. */
function rulesetsOf({ paths, source }: Scenario): Ruleset[] {
  const written = parseYaml(source).value as
    { topology?: { namespaces?: Record<string, { nftables?: unknown } | null> } } | undefined
  const shared = new Map(
    Object.entries(written?.topology?.namespaces ?? {}).map(([name, namespace]) => [
      name,
      namespace?.nftables,
    ]),
  )
  const rulesets = new Map<string, Ruleset>()
  for (const { name: path, role, topology } of paths) {
    const own = devicesOf(topology)
    for (const [name, { nftables }] of Object.entries(topology.namespaces)) {
      if (nftables === '' || role === 'control') continue
      const place = ['namespaces', name, 'nftables']
      const at: FilePath =
        shared.get(name) === nftables ? ['topology', ...place] : ['paths', path, 'topology', ...place]
      const key = at.join('/')
      const devices = rulesets.get(key)?.devices ?? []
      rulesets.set(key, { text: nftables, at, devices: new Set([...devices, ...(own.get(name) ?? [])]) })
    }
  }
  return [...rulesets.values()]
}

/** @returns undefined where nft could not be asked */
async function checkRuleset(
  { text, at, devices }: Ruleset,
  yaml: YamlFile,
): Promise<readonly Issue[] | undefined> {
  const result = await tryTool([...apart(), 'sh', '-c', check, 'sh', ...devices], text)
  if (result.state === 'done') return []
  if (result.exitCode === 127) return undefined
  const issues = issuesAt(problemsIn(result.stderr), at, yaml)
  return issues.length > 0
    ? issues
    : [{ path: at, message: `nft: ${result.stderr.trim().split('\n')[0] ?? ''}` }]
}

/** Problems in the ruleset that stands at a place of the file. */
function issuesAt(problems: readonly Problem[], at: FilePath, yaml: YamlFile): Issue[] {
  const first = yaml.firstTextLine(at)
  return problems.map(({ line, column, message }): Issue => {
    const lineInFile = first === undefined ? undefined : first + line - 1
    const indent = lineInFile === undefined ? 0 : yaml.indentOf(lineInFile)
    return {
      path: at,
      message: `nft: ${message}${first === undefined ? ` (line ${line} of the ruleset)` : ''}`,
      ...(lineInFile === undefined ? {} : { position: { line: lineInFile, column: column + indent } }),
    }
  })
}

interface Problem {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** nft writes `/dev/stdin:3:9-15: Error: syntax error, unexpected string`, and the line below it. */
export function problemsIn(stderr: string): Problem[] {
  return [...stderr.matchAll(/^[^\n:]*:(\d+):(\d+)(?:-\d+)?: Error: (.*)$/gm)].map(
    ([, line, column, message = '']) => ({ line: Number(line), column: Number(column), message }),
  )
}
