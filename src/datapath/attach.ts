/** Attaches a path's loaded programs: the steps for the sandbox, which takes all of it away with it. Pure. */
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Program } from '../scenario/schema.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import type { Step } from '../topology/steps.ts'
import { pathPins, pinnedPrograms } from './instances.ts'

/** How ip(8) calls the two modes of XDP. */
const xdpModes = { 'xdp/generic': 'xdpgeneric', 'xdp/native': 'xdpdrv' } as const

/** The steps that attach the programs of a path, each where the scenario says, in its order. */
export function attachSteps(path: ScenarioPath, fileOf: NamespaceFile): Step[] {
  const pins = pinnedPrograms(path)
  return path.programs.map((program, index) => {
    const before = path.programs.slice(0, index).filter((other) => isAtSameHook(other, program)).length
    return attachStep(program, { pin: pins[index] ?? '', order: before + 1, path: path.name, fileOf })
  })
}

/** The step that unloads the programs of paths once their topologies are gone; none where there are none. */
export function unloadSteps(paths: readonly ScenarioPath[]): Step[] {
  const names = paths.filter(({ programs }) => programs.length > 0).map(({ name }) => name)
  if (names.length === 0) return []
  return [
    { command: ['rm', '-r', ...names.map(pathPins)], what: `unload the programs of ${names.join(', ')}` },
  ]
}

const isAtSameHook = (a: Program, b: Program): boolean =>
  a.namespace === b.namespace && a.device === b.device && a.hook === b.hook

interface Attachment {
  readonly pin: string
  /** Its place among the programs of its hook, from 1. */
  readonly order: number
  readonly path: string
  readonly fileOf: NamespaceFile
}

function attachStep({ hook, namespace, device, program }: Program, attachment: Attachment): Step {
  const { pin, order, path, fileOf } = attachment
  const where = {
    what: `attach ${program} at ${hook} of ${device} in ${namespace} of path "${path}"`,
    namespaceFile: fileOf(namespace),
  }
  if (hook === 'xdp/generic' || hook === 'xdp/native')
    return { ...where, command: ['ip', 'link', 'set', 'dev', device, xdpModes[hook], 'pinned', pin] }
  const lines = [
    // `replace` serves a second program on the same device.
    `qdisc replace dev ${device} clsact`,
    // Filters run by rising preference; to one without, the kernel gives the lowest, so that it would run
    // first (tcf_auto_prio() in net/sched/cls_api.c).
    `filter add dev ${device} ${hook.slice('tc/'.length)} pref ${order} protocol all bpf direct-action object-pinned ${pin}`,
  ]
  return { ...where, command: ['tc', '-batch', '-'], input: `${lines.join('\n')}\n` }
}
