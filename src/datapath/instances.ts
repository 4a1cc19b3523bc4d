/** Which objects are loaded where, and where they are pinned in the sandbox's bpffs. Pure. */
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Program } from '../scenario/schema.ts'
import { sandboxFolders } from '../topology/sandbox.ts'

/** An object in one namespace: it is loaded once for its programs there, which share its maps. */
export interface Instance {
  readonly object: string
  readonly namespace: string
}

/** The instances of a path, in the order of its programs. */
export function instancesOf(programs: readonly Program[]): Instance[] {
  const instances: Instance[] = []
  for (const { object, namespace } of programs)
    if (!instances.some((one) => isOf(one, { object, namespace }))) instances.push({ object, namespace })
  return instances
}

/** Whether a program is of an instance. */
export const isOf = (instance: Instance, { object, namespace }: Instance): boolean =>
  instance.object === object && instance.namespace === namespace

/** Where everything of a path is pinned: a bpffs has no names with dots (kernel/bpf/inode.c, bpf_lookup). */
export const pathPins = (path: string): string => `${sandboxFolders.bpf}/${path.replaceAll('.', '-')}`

/** Where the programs and maps of one instance are. */
export const instancePins = (path: string, instanceIndex: number) => ({
  programs: `${pathPins(path)}/${instanceIndex}`,
  maps: `${pathPins(path)}/${instanceIndex}-maps`,
})

/**
 * Where maps that ask to be pinned by name are (LIBBPF_PIN_BY_NAME): a folder for each namespace of a path,
 * in which its objects share them, as they would on a host.
 */
export const pinsByName = (path: string, namespace: string): string =>
  `${pathPins(path)}/by-name/${namespace}`

/** Where the link of a path's program is, where one attaches it. @param index the program's place in the path */
export const linkPin = (path: string, index: number): string => `${pathPins(path)}/links/${index}`

/** Where those are pinned that a path's own commands have attached. */
export const foundPins = (path: string): string => `${pathPins(path)}/found`

/** Where a program is pinned that a path's own commands have attached. @param index its place among those */
export const foundPin = (path: string, index: number, program: string): string =>
  `${foundPins(path)}/${index}/${program}`

/**
 * Where each program at a hook of a path is pinned, those that its own commands attach last: one that is loaded and at
 * two devices has one pin.
 */
export function pinnedPrograms({ name, programs, found }: ScenarioPath): string[] {
  const instances = instancesOf(programs)
  const loaded = programs.map((program) => {
    const index = instances.findIndex((instance) => isOf(instance, program))
    return `${instancePins(name, index).programs}/${program.program}`
  })
  return [...loaded, ...found.map(({ program }, index) => foundPin(name, index, program))]
}

/** Where a map of an object in one namespace of a path is pinned. */
export function pinnedMap({ name, programs }: ScenarioPath, instance: Instance, map: string): string {
  const index = instancesOf(programs).findIndex((one) => isOf(one, instance))
  return `${instancePins(name, index).maps}/${map}`
}
