/** Loads a path's programs, fills their maps and attaches them. The sandbox takes them all away with it. */
import { BenchError } from '../host/errors.ts'
import { parseReference } from '../scenario/references.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { FieldValue, Hook, Program } from '../scenario/schema.ts'
import { type LiveDevice, readDevices } from '../topology/apply.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import { type Sandbox, sandboxFolders } from '../topology/sandbox.ts'
import type { Step } from '../topology/steps.ts'
import { encode } from './encode.ts'
import type { BpfObject, BpfObjects } from './object.ts'

/** Finds a device as built, by the scenario's names. */
type FindDevice = (namespace: string, device: string) => LiveDevice | undefined

const tcDirections: Record<Hook, string> = { 'tc/ingress': 'ingress', 'tc/egress': 'egress' }

/** Where the programs of one object of a path are pinned. */
const pinFolder = (path: string, objectIndex: number): string =>
  `${sandboxFolders.bpf}/${path}/${objectIndex}`

/** Where each program of a path is pinned, in the path's order. */
export function pinnedPrograms({ name, programs }: ScenarioPath): string[] {
  const objects = objectsOf(programs)
  return programs.map(({ object, program }) => `${pinFolder(name, objects.indexOf(object))}/${program}`)
}

const objectsOf = (programs: readonly Program[]): string[] => [
  ...new Set(programs.map(({ object }) => object)),
]

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
  await sandbox.run([
    ...objectsOf(path.programs).flatMap((name, index) => {
      const object = objects.get(name)
      if (object === undefined) throw new Error(`object ${name} was not prepared`)
      return loadSteps(path, name, index, object, findDevice)
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
  name: string,
  index: number,
  object: BpfObject,
  findDevice: FindDevice,
): Step[] {
  const folder = pinFolder(path.name, index)
  const lines = path.programs
    .filter((program) => program.object === name)
    .flatMap((program) => mapUpdates(program, object, `${folder}-maps`, findDevice))
  return [
    { command: ['mkdir', '-p', folder], what: `make ${folder}` },
    {
      command: ['bpftool', 'prog', 'loadall', object.file, folder, 'pinmaps', `${folder}-maps`],
      what: `load ${name} for path "${path.name}"`,
    },
    {
      command: ['bpftool', 'batch', 'file', '-'],
      input: lines.map((line) => `${line}\n`).join(''),
      what: `fill the maps of ${name} for path "${path.name}"`,
    },
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
  const lines = [
    // `replace` serves a second program on the same device.
    `qdisc replace dev ${device} clsact`,
    `filter add dev ${device} ${tcDirections[hook]} bpf direct-action object-pinned ${pin}`,
  ]
  return {
    command: ['tc', '-batch', '-'],
    input: `${lines.join('\n')}\n`,
    what: `attach ${program} at ${hook} of ${device} in ${namespace} of path "${path}"`,
    namespaceFile: fileOf(namespace),
  }
}
