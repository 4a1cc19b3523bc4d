/** Whether nft takes the rulesets of a scenario: asked before anything is built. */
import { tryTool } from '../host/tool.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { type FilePath, type Issue, parseYaml, type YamlFile } from '../scenario/yaml-file.ts'

/** A ruleset, and where it stands in the file. */
interface Ruleset {
  readonly text: string
  readonly at: FilePath
}

/**
 * Every problem that nft finds, in a network namespace of its own. None where nft cannot be asked: what it is
 * missing for is told elsewhere.
 */
export async function checkRules(scenario: Scenario): Promise<Issue[]> {
  const rulesets = rulesetsOf(scenario)
  if (rulesets.length === 0 || process.getuid?.() !== 0) return []
  const yaml = parseYaml(scenario.source)
  const found = await Promise.all(rulesets.map((ruleset) => checkRuleset(ruleset, yaml)))
  return found.flat()
}

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
  for (const { name: path, role, topology } of paths)
    for (const [name, { nftables }] of Object.entries(topology.namespaces)) {
      if (nftables === '' || role === 'control') continue
      const place = ['namespaces', name, 'nftables']
      const at: FilePath =
        shared.get(name) === nftables ? ['topology', ...place] : ['paths', path, 'topology', ...place]
      rulesets.set(at.join('/'), { text: nftables, at })
    }
  return [...rulesets.values()]
}

async function checkRuleset({ text, at }: Ruleset, yaml: YamlFile): Promise<Issue[]> {
  const result = await tryTool(['unshare', '--net', 'nft', '-c', '-f', '-'], text)
  if (result.state === 'done' || result.exitCode === 127) return []
  const first = yaml.firstTextLine(at)
  const issues = problemsIn(result.stderr).map(({ line, column, message }): Issue => {
    const lineInFile = first === undefined ? undefined : first + line - 1
    const indent = lineInFile === undefined ? 0 : yaml.indentOf(lineInFile)
    return {
      path: at,
      message: `nft: ${message}${first === undefined ? ` (line ${line} of the ruleset)` : ''}`,
      ...(lineInFile === undefined ? {} : { position: { line: lineInFile, column: column + indent } }),
    }
  })
  return issues.length > 0
    ? issues
    : [{ path: at, message: `nft: ${result.stderr.trim().split('\n')[0] ?? ''}` }]
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
