/** Programs that a path's own commands have attached: found by hook, device and name, and pinned. */
import { z } from 'zod'
import { BenchError } from '../host/errors.ts'
import { parseAnswer } from '../host/tool.ts'
import { hookNamed } from '../parts/hooks/hooks.ts'
import type { FoundProgram } from '../scenario/commands.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import type { Step } from '../topology/steps.ts'
import { foundPin, foundPins } from './instances.ts'
import { type LoadedProgram, loadedProgramSchema, loaderCommand } from './loader.ts'

const adoptedSchema = z.object({
  programs: z.array(
    z.union([
      loadedProgramSchema,
      /** The names of those that are at the hook. */
      z.object({ there: z.array(z.string()) }),
      z.object({ error: z.string() }),
    ]),
  ),
})

/** The ids of programs, by the place of a found program in its path. */
export type ProgramIds = readonly (readonly number[])[]

/** All programs that are at the hooks of a path's found programs. */
export async function programsAt(
  sandbox: Sandbox,
  { found }: ScenarioPath,
  fileOf: NamespaceFile,
): Promise<ProgramIds> {
  const ids: number[][] = []
  for (const program of found) ids.push(await idsAt(sandbox, program, fileOf(program.namespace)))
  return ids
}

/**
 * Finds and pins the programs that a path's own commands are to have attached.
 *
 * @param before those that were there before these commands, which are others'
 * @returns them in the path's order, or an error about the first that is not there
 */
export async function findPrograms(
  sandbox: Sandbox,
  path: ScenarioPath,
  fileOf: NamespaceFile,
  before: ProgramIds = [],
): Promise<readonly LoadedProgram[] | BenchError> {
  if (path.found.length === 0) return []
  const now = await programsAt(sandbox, path, fileOf)
  const programs = path.found.map(({ program }, index) => ({
    name: program,
    ids: (now[index] ?? []).filter((id) => !before[index]?.includes(id)),
    pin: foundPin(path.name, index, program),
  }))
  const what = `find the programs of path "${path.name}"`
  const [answer = ''] = await sandbox.run([
    { command: [...loaderCommand, 'adopt'], input: JSON.stringify({ programs }), what },
  ])
  const found = parseAnswer(answer, 'bpfload', what, adoptedSchema).programs
  const missing = found.findIndex((one) => !('id' in one))
  const one = found[missing]
  if (one === undefined || 'id' in one) return found.filter((each) => 'id' in each)
  return notFound(path, path.found[missing]!, 'there' in one ? one.there : one.error)
}

/** Forgets the programs that were found on a path. */
export const unfindStep = (path: string): Step => ({
  command: ['rm', '-rf', foundPins(path)],
  what: `forget the programs of path "${path}"`,
})

/** The ids of all programs at a hook of a device. */
async function idsAt(sandbox: Sandbox, program: FoundProgram, namespaceFile: string): Promise<number[]> {
  const { hook, device, namespace } = program
  const ids: number[] = []
  for (const { call, idsIn } of hookNamed(hook).listings(device)) {
    const what = `list the programs at ${hook} of ${device} in ${namespace}`
    const { state, stdout } = await sandbox.tryStep({ ...call, what, namespaceFile })
    if (state === 'done') ids.push(...idsIn(stdout))
  }
  return ids
}

const notFound = (
  { name }: ScenarioPath,
  { program, hook, device, namespace }: FoundProgram,
  why: readonly string[] | string,
): BenchError => {
  const there =
    typeof why === 'string' ? why : why.length === 0 ? 'none is there' : `there: ${why.join(', ')}`
  return new BenchError(
    `Could not find program "${program}" at ${hook} of ${device} in ${namespace} of path "${name}" (${there})`,
    { trouble: 'failed', hint: 'the setup or agent of the path is to attach it' },
  )
}
