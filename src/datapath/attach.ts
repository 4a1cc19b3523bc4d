/** Loads a path's programs, fills their maps and attaches them. The sandbox takes them all away with it. */
import { basename } from 'node:path'
import { BenchError } from '../host/errors.ts'
import { parseReference } from '../scenario/references.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { FieldValue, Program } from '../scenario/schema.ts'
import { type LiveDevice, readDevices } from '../topology/apply.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import { type Sandbox, sandboxFolders } from '../topology/sandbox.ts'
import type { Step } from '../topology/steps.ts'
import { encode } from './encode.ts'
import type { BpfObject, BpfObjects } from './object.ts'

/** Finds a device as built, by the scenario's names. */
type FindDevice = (namespace: string, device: string) => LiveDevice | undefined

/** How ip(8) calls the two modes of XDP. */
const xdpModes = { 'xdp/generic': 'xdpgeneric', 'xdp/native': 'xdpdrv' } as const

/** An object in one namespace: it is loaded once for its programs there, which share its maps. */
interface Instance {
  readonly object: string
  readonly namespace: string
}

function instancesOf(programs: readonly Program[]): Instance[] {
  const instances: Instance[] = []
  for (const { object, namespace } of programs)
    if (!instances.some((one) => isIn(one, { object, namespace }))) instances.push({ object, namespace })
  return instances
}

const isIn = (instance: Instance, { object, namespace }: Instance): boolean =>
  instance.object === object && instance.namespace === namespace

/** Where the programs of one instance of a path are pinned. */
const pinFolder = (path: string, instanceIndex: number): string =>
  `${sandboxFolders.bpf}/${path}/${instanceIndex}`

/** Where each program of a path is pinned, in the path's order. */
export function pinnedPrograms({ name, programs }: ScenarioPath): string[] {
  const instances = instancesOf(programs)
  return programs.map((program) => {
    const index = instances.findIndex((instance) => isIn(instance, program))
    return `${pinFolder(name, index)}/${program.program}`
  })
}

/** Where a map of an object in one namespace of a path is pinned. */
export function pinnedMap({ name, programs }: ScenarioPath, instance: Instance, map: string): string {
  const index = instancesOf(programs).findIndex((one) => isIn(one, instance))
  return `${pinFolder(name, index)}-maps/${map}`
}

/**
 * Attaches the programs of a path to its built topology.
 *
 * @throws BenchError `failed` with the verifier's or tc's words.
 */
export async function attachPrograms(
  sandbox: Sandbox,
  path: ScenarioPath,
  objects: BpfObjects,
  fileOf: NamespaceFile,
): Promise<void> {
  const namespaces = [...new Set(path.programs.flatMap(referredNamespaces))]
  const devices = await readDevices(sandbox, namespaces.map(fileOf))
  const findDevice: FindDevice = (namespace, device) => devices.get(fileOf(namespace))?.get(device)
  const pins = pinnedPrograms(path)
  const instances = instancesOf(path.programs)
  if (instances.length === 0) return
  const folders = instances.map((_, index) => pinFolder(path.name, index))
  await sandbox.run([
    { command: ['mkdir', '-p', ...folders], what: `make ${folders.join(', ')}` },
    ...instances.flatMap((instance, index) => {
      const object = objects.get(instance.object)
      if (object === undefined) throw new Error(`object ${instance.object} was not prepared`)
      return loadSteps(path, instance, index, object, findDevice)
    }),
    ...path.programs.map((program, index) => attachStep(program, pins[index] ?? '', path.name, fileOf)),
  ])
}

/** The steps that unload the programs of a path once its topology is gone. */
export function unloadSteps({ name, programs }: ScenarioPath): Step[] {
  if (programs.length === 0) return []
  return [
    { command: ['rm', '-r', `${sandboxFolders.bpf}/${name}`], what: `unload the programs of path "${name}"` },
  ]
}

function loadSteps(
  path: ScenarioPath,
  instance: Instance,
  index: number,
  object: BpfObject,
  findDevice: FindDevice,
): Step[] {
  const folder = pinFolder(path.name, index)
  const lines = path.programs
    .filter((program) => isIn(instance, program))
    .flatMap((program) => mapUpdates(program, object, `${folder}-maps`, findDevice))
  const name = basename(instance.object)
  return [
    {
      command: ['bpftool', 'prog', 'loadall', object.file, folder, 'pinmaps', `${folder}-maps`],
      what: `load ${name} for path "${path.name}"`,
    },
    ...(lines.length === 0
      ? []
      : [
          {
            command: ['bpftool', 'batch', 'file', '-'] as const,
            input: lines.map((line) => `${line}\n`).join(''),
            what: `fill the maps of ${name} for path "${path.name}"`,
          },
        ]),
  ]
}

/** Lines for `bpftool batch` that write a program's map entries. */
function mapUpdates(program: Program, object: BpfObject, folder: string, findDevice: FindDevice): string[] {
  const resolve = (value: FieldValue): FieldValue => {
    const reference = typeof value === 'string' ? parseReference(value, program.namespace) : undefined
    if (reference === undefined) return value
    const device = findDevice(reference.namespace, reference.device)
    if (device === undefined)
      throw new BenchError(`Could not find device ${reference.device} in ${reference.namespace}`, {
        trouble: 'failed',
      })
    return device[reference.what]
  }
  return Object.entries(program.maps).flatMap(([map, entries]) => {
    const types = object.btf.maps.get(map)
    if (types === undefined) throw new Error(`map ${map} was not checked`)
    const hex = (typeId: number, value: Parameters<typeof encode>[2]) =>
      `hex ${[...encode(object.btf, typeId, value, resolve)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`
    return entries.map(
      ({ key, value }) =>
        `map update pinned ${folder}/${map} key ${hex(types.key, key)} value ${hex(types.value, value)}`,
    )
  })
}

/** The namespaces in which a program's map entries name devices. */
function referredNamespaces({ maps, namespace }: Program): string[] {
  return Object.values(maps)
    .flat()
    .flatMap(({ key, value }) => [key, value])
    .flatMap((part) => (typeof part === 'object' ? Object.values(part) : [part]))
    .flatMap((value) =>
      typeof value === 'string' ? (parseReference(value, namespace)?.namespace ?? []) : [],
    )
}

function attachStep(
  { hook, namespace, device, program }: Program,
  pin: string,
  path: string,
  fileOf: NamespaceFile,
): Step {
  const where = {
    what: `attach ${program} at ${hook} of ${device} in ${namespace} of path "${path}"`,
    namespaceFile: fileOf(namespace),
  }
  if (hook === 'xdp/generic' || hook === 'xdp/native')
    return { ...where, command: ['ip', 'link', 'set', 'dev', device, xdpModes[hook], 'pinned', pin] }
  const lines = [
    // `replace` serves a second program on the same device.
    `qdisc replace dev ${device} clsact`,
    `filter add dev ${device} ${hook.slice('tc/'.length)} bpf direct-action object-pinned ${pin}`,
  ]
  return { ...where, command: ['tc', '-batch', '-'], input: `${lines.join('\n')}\n` }
}
