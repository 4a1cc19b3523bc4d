/** BPF objects: built from source when stale, and checked against what a scenario wants of them. */
import { createHash } from 'node:crypto'
import { mkdirSync, symlinkSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { giveToCaller } from '../host/caller.ts'
import { systemCode } from '../host/errors.ts'
import { didYouMean } from '../host/nearest.ts'
import { inProject } from '../host/project.ts'
import { runTool } from '../host/tool.ts'
import { scenarioProblem } from '../scenario/load.ts'
import { parseReference } from '../scenario/references.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import type { Program } from '../scenario/schema.ts'
import type { FilePath, Issue } from '../scenario/yaml-file.ts'
import { type Btf, readBtf } from './btf.ts'
import { encode, EncodeError } from './encode.ts'

/** An object ready to be loaded. */
export interface BpfObject {
  /** The compiled file. */
  readonly file: string
  readonly btf: Btf
}

/** The objects of a scenario by the file that the scenario names, absolute. */
export type BpfObjects = ReadonlyMap<string, BpfObject>

/** Builds every object that the paths need. @throws BenchError `failed` if a source does not compile */
export async function buildObjects(scenario: Scenario): Promise<BpfObjects> {
  const files = [...new Set(scenario.paths.flatMap(({ programs }) => programs.map(({ object }) => object)))]
  return new Map(
    await Promise.all(
      files.map(async (object) => {
        const file = object.endsWith('.c') ? await compile(object) : object
        return [object, { file, btf: await readBtf(file) }] as const
      }),
    ),
  )
}

/** Every wrong name or value in the programs of a scenario. */
export const checkObjects = (scenario: Scenario, objects: BpfObjects): Issue[] =>
  scenario.paths.filter(({ role }) => role !== 'control').flatMap((path) => checkPrograms(path, objects))

/**
 * Builds every object that the paths need, and checks programs, maps and fields against it.
 *
 * @throws BenchError `usage` with every wrong name or value, `failed` if a source does not compile.
 */
export async function prepareObjects(scenario: Scenario): Promise<BpfObjects> {
  const objects = await buildObjects(scenario)
  const issues = checkObjects(scenario, objects)
  if (issues.length > 0) throw scenarioProblem(scenario, issues)
  return objects
}

/** Compiles a source through bpf/Makefile, which alone knows the flags; nothing is done if it is fresh. */
async function compile(source: string): Promise<string> {
  const folder = dirname(source)
  const name = `${basename(source, '.c')}.o`
  const what = `compile ${source}`
  if (folder === inProject('bpf')) {
    await runTool({ command: ['make', '-s', '-C', folder, `../build/bpf/${name}`], what })
    giveToCaller(inProject('build', 'bpf', name))
    return inProject('build', 'bpf', name)
  }
  // make takes no path with a blank in it: it sees the folder through a link beside what it builds.
  const own = inProject('build', 'bpf', createHash('sha256').update(folder).digest('hex').slice(0, 12))
  mkdirSync(`${own}/object`, { recursive: true })
  linkOnce(folder, `${own}/source`)
  const makefile = ['-C', own, '-f', '../../../bpf/Makefile', 'SOURCE=source', 'OUT=object']
  await runTool({ command: ['make', '-s', ...makefile, `object/${name}`], what })
  for (const made of [own, `${own}/object`, `${own}/object/${name}`]) giveToCaller(made)
  return `${own}/object/${name}`
}

/** Makes a link that another run may be making, or have made, just the same. */
function linkOnce(target: string, link: string): void {
  try {
    symlinkSync(target, link)
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error
  }
}

/** Every wrong name or value in the programs of a path, once where a program is in several namespaces. */
function checkPrograms(path: ScenarioPath, objects: BpfObjects): Issue[] {
  const written = new Map(path.programs.map((program) => [program.index, program]))
  return [...written].flatMap(([index, program]) => {
    const btf = objects.get(program.object)?.btf
    return btf === undefined ? [] : checkProgram(program, btf, ['paths', path.name, 'programs', index])
  })
}

/** Every wrong name or value of one program. `at` leads to it in the scenario file. */
export function checkProgram(program: Program, btf: Btf, at: FilePath): Issue[] {
  const issues: Issue[] = []
  if (!btf.programs.includes(program.program))
    issues.push({
      path: [...at, 'program'],
      message: `no program "${program.program}" in ${basename(program.object)}${didYouMean(program.program, btf.programs) || ` (there: ${btf.programs.join(', ')})`}`,
    })
  for (const [name, entries] of Object.entries(program.maps)) {
    const types = btf.maps.get(name)
    if (types === undefined) {
      const known = [...btf.maps.keys()]
      issues.push({
        path: [...at, 'maps', name],
        message: `no map "${name}" in ${basename(program.object)}${didYouMean(name, known) || ` (there: ${known.join(', ')})`}`,
      })
      continue
    }
    for (const [index, entry] of entries.entries())
      for (const part of ['key', 'value'] as const) {
        const message = wrongValue(btf, types[part], entry[part], program.namespace)
        if (message !== undefined)
          issues.push({
            path: [...at, 'maps', name, index, part, ...(message.field === undefined ? [] : [message.field])],
            message: message.message,
          })
      }
  }
  return issues
}

function wrongValue(
  btf: Btf,
  typeId: number,
  value: Parameters<typeof encode>[2],
  home: string,
): EncodeError | undefined {
  try {
    // Before anything is built, any value of the right kind stands for what will be looked up.
    encode(btf, typeId, value, (inner) => {
      const reference = typeof inner === 'string' ? parseReference(inner, home) : undefined
      if (reference === undefined) return inner
      return reference.what === 'ifindex' ? 1 : '02:00:00:00:00:01'
    })
    return undefined
  } catch (error) {
    if (error instanceof EncodeError) return error
    throw error
  }
}
