/** Two versions of a path as one scenario: the older is the baseline, the newer the candidate. Pure. */
import { basename } from 'node:path'
import { BenchError } from '../host/errors.ts'
import { didYouMean } from '../host/nearest.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'

/** One side: a scenario, and what its version is called. */
export interface Side {
  readonly scenario: Scenario
  readonly label: string
}

/** What the name of a scenario that compares versions ends with. */
export const versionsSuffix = '-ab'

/** Names of the paths of an A/B scenario. */
export const abPaths = { base: 'base', head: 'head', control: 'control' } as const

/**
 * The scenario that compares path `pathName` of both sides: `base`, `head`, `control` (base built a second
 * time), and the head's floor if it has one. Load and gates are the head's.
 *
 * @throws BenchError `usage` where a side lacks the path, or the two cannot be driven by one load
 */
export function abScenario(base: Side, head: Side, pathName: string): Scenario {
  const before = pathOf(base, pathName)
  const after = pathOf(head, pathName)
  if (base.scenario.client.namespace !== head.scenario.client.namespace)
    throw new BenchError(
      `Could not compare ${base.label} with ${head.label}: the client is in ${base.scenario.client.namespace} on one and in ${head.scenario.client.namespace} on the other`,
      { trouble: 'usage' },
    )
  const floor = head.scenario.paths.find(({ role }) => role === 'floor')
  return {
    ...head.scenario,
    name: `${head.scenario.name}${versionsSuffix}`,
    versions: { base: base.label, head: head.label },
    title: `${pathName}: ${head.label} against ${base.label}`,
    paths: [
      { ...before, name: abPaths.base, role: 'baseline', title: `${pathName} as in ${base.label}` },
      { ...after, name: abPaths.head, role: 'candidate', title: `${pathName} as in ${head.label}` },
      { ...before, name: abPaths.control, role: 'control', title: 'base, built a second time' },
      ...(floor === undefined ? [] : [floor]),
    ],
  }
}

function pathOf({ scenario, label }: Side, name: string): ScenarioPath {
  const path = scenario.paths.find((one) => one.name === name)
  if (path !== undefined) return path
  const names = scenario.paths.map((one) => one.name)
  throw new BenchError(`Could not find path "${name}" in ${label}${didYouMean(name, names)}`, {
    trouble: 'usage',
    hint: `there are: ${names.join(', ')}`,
  })
}

/**
 * The path that is meant where none is named: the only candidate.
 *
 * @throws BenchError `usage` where there are several
 */
export function onlyCandidate({ name, paths }: Scenario): string {
  const candidates = paths.filter(({ role }) => role === 'candidate').map((path) => path.name)
  const [only] = candidates
  if (only !== undefined && candidates.length === 1) return only
  throw new BenchError(
    `Could not tell which path of ${name} to compare: it has ${candidates.length} candidates`,
    {
      trouble: 'usage',
      hint: `name one with --path: ${candidates.join(', ')}`,
    },
  )
}

/**
 * The scenario with another object in the programs of a path.
 *
 * @param object an absolute path; it takes the place of the object with its name, or of the only one
 * @throws BenchError `usage` where it could be several
 */
export function withObject(scenario: Scenario, pathName: string, object: string): Scenario {
  const { programs } = pathOf({ scenario, label: scenario.name }, pathName)
  const own = [...new Set(programs.map((program) => program.object))]
  const replaced = own.length === 1 ? own[0] : own.find((one) => stem(one) === stem(object))
  if (replaced === undefined)
    throw new BenchError(`Could not tell which object of path ${pathName} ${basename(object)} stands for`, {
      trouble: 'usage',
      hint:
        own.length === 0
          ? 'the path has no programs'
          : `give it the name of one of them: ${own.map((one) => basename(one)).join(', ')}`,
    })
  return {
    ...scenario,
    paths: scenario.paths.map((path) =>
      path.name === pathName
        ? {
            ...path,
            programs: path.programs.map((program) =>
              program.object === replaced ? { ...program, object } : program,
            ),
          }
        : path,
    ),
  }
}

const stem = (file: string): string => basename(file).replace(/(\.bpf)?\.[co]$/, '')
