/** Attaches a path's loaded programs: the steps for the sandbox, which takes all of it away with it. Pure. */
import { hookNamed, isOfSockets } from '../parts/hooks/hooks.ts'
import { hookedPrograms, type ScenarioPath } from '../scenario/scenario.ts'
import type { Program } from '../scenario/schema.ts'
import { cgroupOf } from '../topology/cgroups.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import type { Step } from '../topology/steps.ts'
import { linkPin, pathPins, pinnedPrograms } from './instances.ts'

/** The steps that attach the programs of a path, each where the scenario says, in its order. */
export function attachSteps(path: ScenarioPath, fileOf: NamespaceFile): Step[] {
  const pins = pinnedPrograms(path)
  return path.programs.map((program, index) => {
    const before = path.programs.slice(0, index).filter((other) => isAtSameHook(other, program)).length
    const { hook, namespace, device, program: name } = program
    return {
      ...hookNamed(hook).attach({
        ...{
          device: isOfSockets(hook) ? cgroupOf(path.name) : device,
          pin: pins[index] ?? '',
          linkPin: linkPin(path.name, index),
        },
        order: before + 1,
      }),
      what: `attach ${name} at ${hook} of ${device} in ${namespace} of path "${path.name}"`,
      namespaceFile: fileOf(namespace),
    }
  })
}

/** The step that unloads the programs of paths once their topologies are gone; none where there are none. */
export function unloadSteps(paths: readonly ScenarioPath[]): Step[] {
  const names = paths.filter((path) => hookedPrograms(path).length > 0).map(({ name }) => name)
  if (names.length === 0) return []
  return [
    { command: ['rm', '-rf', ...names.map(pathPins)], what: `unload the programs of ${names.join(', ')}` },
  ]
}

const isAtSameHook = (a: Program, b: Program): boolean =>
  a.namespace === b.namespace && a.device === b.device && a.hook === b.hook
