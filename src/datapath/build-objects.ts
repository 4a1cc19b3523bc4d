/** BPF objects: built from source, and checked against what a scenario wants of them. */
import { createHash } from 'node:crypto'
import { BenchError } from '../host/errors.ts'
import { readNamedFile } from '../host/named-file.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import { distinctIssues } from '../scenario/issues.ts'
import type { Issue } from '../scenario/yaml-file.ts'
import type { BpfObject, BpfObjects, FailedObject } from './bpf-objects.ts'
import { conflictingEntries } from './check-shared-entries.ts'
import { checkProgram } from './check-program.ts'
import { compile, keepObject } from './compile.ts'
import { checkMapCounters } from './map-counter.ts'
import { readBtf } from './read-btf.ts'
import { checkMapSizes } from './map-sizes.ts'
import { checkSharedMaps } from './shared-maps.ts'
import { checkSharedVariables } from './shared-variables.ts'

/** Builds every object that the paths need: what cannot be built is told of its paths. */
export async function buildObjects(scenario: Scenario): Promise<BpfObjects> {
  const files = objectFiles(scenario)
  return new Map(await Promise.all(files.map(async (file) => [file, await prepareObject(file)] as const)))
}

const objectFiles = ({ paths }: Scenario): string[] => [
  ...new Set(paths.flatMap(({ programs }) => programs.map(({ object }) => object))),
]

/**
 * Builds the objects that this machine can build.
 *
 * @returns them, and in words why it can build no others: a tool is missing
 */
export async function buildWhatCanBe(
  scenario: Scenario,
): Promise<{ readonly objects: BpfObjects; readonly unbuilt: readonly string[] }> {
  const tried = await Promise.all(
    objectFiles(scenario).map(async (file) => {
      try {
        return [file, await prepareObject(file)] as const
      } catch (error) {
        if (error instanceof BenchError && error.trouble === 'machine') return error.message
        throw error
      }
    }),
  )
  return {
    objects: new Map(tried.filter((one) => typeof one !== 'string')),
    unbuilt: tried.filter((one) => typeof one === 'string'),
  }
}

/** Every wrong name or value in the programs of a scenario, as far as its objects could be built. */
export function checkObjects(scenario: Scenario, objects: BpfObjects): Issue[] {
  const issues = scenario.paths
    .filter(({ role }) => role !== 'control')
    .flatMap((path) => [
      ...checkPrograms(path, objects),
      ...checkSharedVariables(path),
      // Which maps an object has that is not there is not known.
      ...(isWhole(path, objects)
        ? [...checkMapCounters(path, objects), ...checkSharedMaps(path, objects), ...checkMapSizes(path)]
        : []),
    ])
  // A program that is in several namespaces stands once in the file.
  return distinctIssues(issues)
}

const isWhole = ({ programs }: ScenarioPath, objects: BpfObjects): boolean =>
  programs.every(({ object }) => objects.get(object)?.state === 'ready')

/** Every object that does not compile, or is none, where the scenario names it first. */
export function failedObjects(scenario: Scenario, objects: BpfObjects): Issue[] {
  const named = scenario.paths.flatMap(({ name, programs }) =>
    programs.map(({ object, index }) => ({ object, path: ['paths', name, 'programs', index, 'object'] })),
  )
  return [...objects].flatMap(([file, object]): Issue[] => {
    if (object.state !== 'failed') return []
    const { message, details = '', hint } = object.error
    // The message ends with the first line of what the tool said; here all of it follows.
    const words = details === '' ? message : `${message.split(': ')[0]}:\n${details.trim()}`
    const advice = hint === undefined ? '' : ` (${hint})`
    return [{ path: named.find((one) => one.object === file)?.path ?? [], message: `${words}${advice}` }]
  })
}

async function prepareObject(named: string): Promise<BpfObject | FailedObject> {
  try {
    const isSource = named.endsWith('.c')
    const compiled = isSource ? await compile(named) : { file: named, warnings: '' }
    const contents = readNamedFile(compiled.file, { what: 'object', trouble: 'failed' })
    const sha256 = createHash('sha256').update(contents).digest('hex')
    const btf = await readBtf(compiled.file, contents)
    const file = isSource ? compiled.file : keepObject(named, contents, sha256)
    return { state: 'ready', file, sha256, btf, warnings: compiled.warnings }
  } catch (error) {
    if (error instanceof BenchError && error.trouble === 'failed') return { state: 'failed', error }
    throw error
  }
}

/** Every wrong name or value in the programs of a path, once where a program is in several namespaces. */
function checkPrograms(path: ScenarioPath, objects: BpfObjects): Issue[] {
  const written = new Map(path.programs.map((program) => [program.index, program]))
  const ofEach = [...written].flatMap(([index, program]) => {
    const object = objects.get(program.object)
    return object?.state === 'ready'
      ? checkProgram(program, object.btf, ['paths', path.name, 'programs', index])
      : []
  })
  return [...ofEach, ...conflictingEntries(path)]
}

/** What the compiler had to say of the sources, for the record. */
export function compilerWarnings(objects: BpfObjects): { readonly code: string; readonly message: string }[] {
  return [...objects].flatMap(([source, object]) =>
    object.state === 'ready' && object.warnings !== ''
      ? [{ code: 'compiler', message: `the compiler warns of ${source}: ${object.warnings}` }]
      : [],
  )
}
