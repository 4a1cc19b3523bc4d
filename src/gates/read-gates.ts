/** Gates from where they are written: a scenario, or a file of gates for several scenarios. */
import { existsSync } from 'node:fs'
import { z } from 'zod'
import { readNamedText } from '../host/named-file.ts'
import { nearest } from '../host/nearest.ts'
import { listScenarios } from '../scenario/find.ts'
import { type FilePath, parseYaml } from '../scenario/yaml-file.ts'
import { type Found, gatesOf } from './gate-list.ts'
import { gatesError } from './problem.ts'
import type { Gate, GateSource } from './rule.ts'

/** Where gates are looked for that no scenario has. */
export const defaultGatesFile = 'bench.gates.yaml'

/**
 * The gates in the text of a scenario.
 *
 * @param file what to call it in errors
 * @throws BenchError `usage` with every problem and its place
 */
export function scenarioGates(source: string, file: string): Gate[] {
  const yaml = parseYaml(source)
  const parsed = z.looseObject({ gates: z.unknown() }).safeParse(yaml.value)
  if (!parsed.success || parsed.data.gates === undefined || parsed.data.gates === null) return []
  return wholeOrError(gatesOf(source, yaml, ['gates'], parsed.data.gates, file))
}

/**
 * The gates that a file has for a scenario; none if the file is not there and need not be.
 *
 * @param isRequired whether the user named the file
 * @throws BenchError `usage` with every problem of the whole file and its place
 */
export function fileGates(file: string, scenario: string, isRequired: boolean): Gate[] {
  if (!isRequired && !existsSync(file)) return []
  return parseGatesFile(readGatesFile(file), file, scenario)
}

const readGatesFile = (file: string): string =>
  readNamedText(file, { what: 'gates', trouble: 'usage', mostBytes: 1024 ** 2 })

/** As `fileGates`, from text. */
export function parseGatesFile(source: string, file: string, scenario: string): Gate[] {
  const yaml = parseYaml(source)
  const at = (path: FilePath): GateSource => ({ file, ...yaml.positionOf(path) })
  if (yaml.issues.length > 0)
    throw gatesError(
      yaml.issues.map(({ message, position, path }) => ({
        source: { ...at(path), ...position },
        message,
      })),
    )
  const lists = z.record(z.string(), z.unknown()).safeParse(yaml.value)
  if (!lists.success)
    throw gatesError([
      {
        source: at([]),
        message:
          'expected the names of scenarios, each with a list of gates, as in "redirect-vs-stack: [valid]"',
      },
    ])
  const names = Object.keys(lists.data)
  const found = names.map((name) => gatesOf(source, yaml, [name], lists.data[name], file))
  const all = wholeOrError({
    gates: found.flatMap(({ gates }) => gates),
    problems: found.flatMap(({ problems }) => problems),
  })
  const own = names.indexOf(scenario)
  const strangers = names.filter((name) => !listScenarios().includes(name))
  const meant = own === -1 ? nearest(scenario, strangers) : undefined
  // A list under a name that is nearly the scenario's would silently gate nothing.
  if (meant !== undefined)
    throw gatesError([
      { source: at([meant]), message: `there is no scenario "${meant}" here; did you mean "${scenario}"?` },
    ])
  const ownGates = new Set(found[own]?.gates)
  return all.filter((gate) => ownGates.has(gate))
}

function wholeOrError({ gates, problems }: Found): Gate[] {
  if (problems.length > 0) throw gatesError(problems)
  return [...gates]
}
