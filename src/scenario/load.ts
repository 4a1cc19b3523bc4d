/** From a file to a Scenario, or to every reason why not. */
import { readNamedText } from '../host/named-file.ts'
import { checkPath, checkRoles, checkTopology, devicesOf, foundProgramsOf, programsOf } from './check.ts'
import { changedSource } from './changes/change.ts'
import { requireFamily, sourceOfFamily } from './changes/family.ts'
import { changedBy, type Changes } from './changes/words.ts'
import { ownCommandsOf } from './commands.ts'
import { nameByEngine, needsOfEngines, topologyByEngine } from './engines.ts'
import { checkBackground } from './check-background.ts'
import { checkLoads } from './check-load.ts'
import { checkMatrix } from './check-matrix.ts'
import { checkClient, checkListeners, checkServers, loadFamilyOf, serversOf, targetsOf } from './hosts.ts'
import { findObject } from './find.ts'
import { issuesOf } from './issues.ts'
import { withLongLinks } from './link-forms.ts'
import { mergePatch } from './merge-patch.ts'
import { ownValue } from './own-value.ts'
import { checkSocketHooks } from './check-socket-hooks.ts'
import { nameBySink, needsOfSinks } from './sinks.ts'
import { amongOthers, checkPlace, placeOf } from './place.ts'
import { hostsOf } from './place-hosts.ts'
import type { Scenario, ScenarioPath } from './scenario.ts'
import { ScenarioError } from './scenario-error.ts'
import { type ScenarioFile, scenarioSchema, type Topology, topologySchema } from './schema.ts'
import { soundPartOf } from './sound-part.ts'
import { withParameters } from './parameters.ts'
import { parseWay } from './way.ts'
import { type Issue, parseYaml } from './yaml-file.ts'

/**
 * Reads and checks a scenario file, and what the command line changes of it.
 *
 * @throws ScenarioError with every problem of the file, each with its line; BenchError `usage` about a change
 */
export function loadScenario(file: string, changes: Changes = {}): Scenario {
  const source = readScenario(file)
  const scenario = parseScenario(source, file)
  const by = changedBy(changes)
  return by === '' ? scenario : changedScenario(scenario, changes, by)
}

function changedScenario(scenario: Scenario, { family: wanted, ...changes }: Changes, by: string): Scenario {
  const family = wanted === undefined ? scenario.family : familyNamed[wanted]
  const source = sourceOfFamily(scenario, family)
  // What its changes of the family make of the file is looked at before others change that.
  const whole = family === scenario.family ? scenario : parseScenario(source, scenario.file, by)
  const changed =
    changedBy(changes) === '' ? whole : parseScenario(changedSource(source, changes), scenario.file, by)
  if (wanted !== undefined) requireFamily(changed, family)
  return changed
}

const familyNamed = { 4: 4, 6: 6 } as const

/** A parser's time for so much is some seconds. */
const mostBytes = 4 * 1024 ** 2

const readScenario = (file: string): string =>
  readNamedText(file, { what: 'scenario', trouble: 'usage', mostBytes })

/** The error for problems that showed only after the file was read, such as names that its programs lack. */
export const scenarioProblem = (
  { file, source, changedBy }: Scenario,
  issues: readonly Issue[],
): ScenarioError => new ScenarioError({ file, source, changedBy, issues })

/** What a scenario is read from, beside its values. */
type Origin = Pick<Scenario, 'file' | 'source' | 'changedBy'>

/**
 * As `loadScenario`, from text; `file` is where it came from, and where objects are looked for.
 *
 * @param by the options that changed the text
 */
export function parseScenario(source: string, file: string, by?: string): Scenario {
  const origin: Origin = { file, source, ...(by === undefined ? {} : { changedBy: by }) }
  const yaml = parseYaml(source)
  if (yaml.issues.length > 0) throw new ScenarioError({ ...origin, issues: yaml.issues })
  const { value, issues: unknownNames } = withParameters(yaml.value)

  const parsed = scenarioSchema.safeParse(value)
  if (parsed.success) {
    const { issues, sound } = checked(parsed.data, value, origin)
    const all = [...unknownNames, ...issues]
    if (all.length > 0) throw new ScenarioError({ ...origin, issues: all, sound })
    return sound
  }
  const part = soundPartOf(value, parsed.error.issues)
  const further = part === undefined ? undefined : checked(part.file, value, origin)
  const isKnown = ({ path }: Issue) =>
    part?.leftOut.size === 0 ||
    path[0] !== 'paths' ||
    (path.length > 1 && !part?.leftOut.has(String(path[1])))
  throw new ScenarioError({
    ...origin,
    issues: [
      ...unknownNames,
      ...issuesOf(parsed.error, value, scenarioSchema),
      ...(further?.issues ?? []).filter(isKnown),
    ],
    sound: further?.sound,
  })
}

/**
 * A file whose shape is right: what it comes to, and what does not hold together, which may be in that, too.
 *
 * @param written the file's value
 */
function checked(
  parsed: ScenarioFile,
  written: unknown,
  origin: Origin,
): { readonly issues: Issue[]; readonly sound: Scenario } {
  const { paths, issues } = resolvePaths(parsed, withLongLinks(ownValue(written, 'topology')), origin.file)
  const { name, title, description, families, parameters, matrix, client, load, gates } = parsed
  const family = loadFamilyOf(parsed) ?? 4
  return {
    issues: [
      ...issues,
      ...checkLoads(parsed, family),
      ...checkBackground(paths, family),
      ...checkMatrix(parsed),
    ],
    sound: {
      name: nameBySink(nameByEngine(name, load), load),
      title,
      description,
      place: placeOf(parsed),
      hosts: hostsOf(parsed, origin.file),
      family,
      families,
      parameters,
      matrix,
      client,
      load,
      gates,
      ...origin,
      paths,
    },
  }
}

/** Every path with its own topology, `shared` with its changes; a control is made from the baseline. */
function resolvePaths(
  file: ScenarioFile,
  shared: unknown,
  from: string,
): { paths: ScenarioPath[]; issues: Issue[] } {
  const issues = [
    ...checkRoles(file),
    ...checkPlace(file),
    ...checkSocketHooks(file),
    ...checkTopology(file.topology, ['topology']),
    ...checkClient(file.topology, file),
    ...checkServers(file.topology, file),
  ]
  const baseline = Object.values(file.paths).find(({ role }) => role === 'baseline')
  const paths = Object.entries(file.paths).flatMap(([name, written]): ScenarioPath[] => {
    const isControl = written.role === 'control' && baseline !== undefined
    const path = isControl ? { ...baseline, role: written.role, title: written.title } : written
    const at = ['paths', name]
    // What is wrong with a control's topology is told of the baseline.
    const topology = patchedTopology(shared, path.topology, [...at, 'topology'], isControl ? [] : issues)
    if (topology === undefined || isControl)
      return topology === undefined ? [] : [resolved(name, path, topology, file, from)]
    issues.push(...brokenByChanges(topology, file, at))
    issues.push(...checkListeners(topology, path, file, at))
    issues.push(...checkPath(path, topology, at))
    for (const [index, { object }] of path.programs.entries())
      if (object !== undefined && findObject(object, from) === undefined)
        issues.push({
          path: [...at, 'programs', index, 'object'],
          message: `no file "${object}", neither beside the scenario nor in a folder bpf/ next to its own, nor in pathbench's bpf/`,
        })
    return [resolved(name, path, topology, file, from)]
  })
  return { paths, issues }
}

/** What a path's changes break in the topology. What is wrong without them is told there, once. */
function brokenByChanges(topology: Topology, file: ScenarioFile, at: readonly string[]): Issue[] {
  const before = checkTopology(file.topology, ['topology'])
  const isNew = ({ message }: Issue) => !before.some((one) => one.message === message)
  const ofHosts = (check: typeof checkClient) =>
    check(file.topology, file).length === 0 ? check(topology, file) : []
  return [
    ...checkTopology(topology, [...at, 'topology']).filter(isNew),
    ...[...ofHosts(checkClient), ...ofHosts(checkServers)].map(({ path, message }) => ({
      path: [...at, 'topology'],
      message: `the ${String(path[0])}: ${message}`,
    })),
  ]
}

function patchedTopology(
  base: unknown,
  patch: unknown,
  at: readonly string[],
  issues: Issue[],
): Topology | undefined {
  const value = mergePatch(base, patch)
  const parsed = topologySchema.safeParse(value)
  if (parsed.success) return parsed.data
  issues.push(...issuesOf(parsed.error, value, topologySchema, at))
  return undefined
}

function resolved(
  name: string,
  path: ScenarioFile['paths'][string],
  topology: Topology,
  file: ScenarioFile,
  from: string,
): ScenarioPath {
  const { role, title, skips, sharedMaps, needs, proof, allows } = path
  const programs = programsOf(path).map((one) => ({
    ...one,
    object: findObject(one.object, from) ?? one.object,
  }))
  const found = foundProgramsOf(path)
  const hooked = [...programs, ...found]
  const steps = (words: readonly string[]) => parseWay(words, hooked, devicesOf(topology)).steps
  return {
    name,
    role,
    title,
    skips,
    sharedMaps,
    needs: [...new Set([...needs, ...needsOfEngines(file.load), ...needsOfSinks(file.load)])],
    proof: placeOf(file) === 'existing' ? proof.map(amongOthers) : proof,
    allows,
    topology:
      placeOf(file) === 'existing' ? topology : topologyByEngine(topology, file.client.namespace, file.load),
    servers: serversOf(path, file),
    targets: targetsOf(path, file),
    programs,
    found,
    ...ownCommandsOf(path, from),
    way: steps(path.way),
    returnWay: steps(path.returnWay),
  }
}
