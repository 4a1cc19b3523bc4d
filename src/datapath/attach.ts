/** Loads a path's programs, fills their maps and attaches them. The sandbox takes them all away with it. */
import { BenchError } from '../host/errors.ts'
import { parseReference } from '../scenario/references.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { FieldValue, Hook, Program } from '../scenario/schema.ts'
import { type LiveDevice, readDevices } from '../topology/apply.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import { type Sandbox, sandboxFolders } from '../topology/sandbox.ts'
import { encode } from './encode.ts'
import type { BpfObject, BpfObjects } from './object.ts'

/** The devices of namespaces, as built: by namespace, then by name. */
type Devices = ReadonlyMap<string, ReadonlyMap<string, LiveDevice>>

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
  if (path.programs.length === 0) return
  const devices = await readReferredDevices(sandbox, path.programs, fileOf)
  for (const [index, name] of objectsOf(path.programs).entries()) {
    const object = objects.get(name)
    if (object === undefined) throw new Error(`object ${name} was not prepared`)
    await loadObject(sandbox, path, name, index, object, devices)
  }
  const pins = pinnedPrograms(path)
  for (const [index, program] of path.programs.entries())
    await attachProgram(sandbox, program, pins[index] ?? '', path.name, fileOf)
}

/** Unloads the programs of a path once its topology is gone. */
export async function unloadPrograms(sandbox: Sandbox, path: ScenarioPath): Promise<void> {
  if (path.programs.length === 0) return
  await sandbox.run({
    command: ['rm', '-r', `${sandboxFolders.bpf}/${path.name}`],
    what: `unload the programs of path "${path.name}"`,
  })
}

async function loadObject(
  sandbox: Sandbox,
  path: ScenarioPath,
  name: string,
  index: number,
  object: BpfObject,
  devices: Devices,
): Promise<void> {
  const folder = pinFolder(path.name, index)
  await sandbox.run({ command: ['mkdir', '-p', folder], what: `make ${folder}` })
  await sandbox.run({
    command: ['bpftool', 'prog', 'loadall', object.file, folder, 'pinmaps', `${folder}-maps`],
    what: `load ${name} for path "${path.name}"`,
  })
  const lines = path.programs
    .filter((program) => program.object === name)
    .flatMap((program) => mapUpdates(program, object, `${folder}-maps`, devices))
  if (lines.length > 0)
    await sandbox.run({
      command: ['bpftool', 'batch', 'file', '-'],
      input: `${lines.join('\n')}\n`,
      what: `fill the maps of ${name} for path "${path.name}"`,
    })
}

/** Lines for `bpftool batch` that write a program's map entries. */
function mapUpdates(program: Program, object: BpfObject, folder: string, devices: Devices): string[] {
  const resolve = (value: FieldValue): FieldValue => {
    const reference = typeof value === 'string' ? parseReference(value, program.namespace) : undefined
    if (reference === undefined) return value
    const device = devices.get(reference.namespace)?.get(reference.device)
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

async function readReferredDevices(
  sandbox: Sandbox,
  programs: readonly Program[],
  fileOf: NamespaceFile,
): Promise<Devices> {
  const namespaces = programs.flatMap((program) =>
    Object.values(program.maps)
      .flat()
      .flatMap(({ key, value }) => [key, value])
      .flatMap((part) => (typeof part === 'object' ? Object.values(part) : [part]))
      .flatMap((value) =>
        typeof value === 'string' ? (parseReference(value, program.namespace)?.namespace ?? []) : [],
      ),
  )
  return new Map(
    await Promise.all(
      [...new Set(namespaces)].map(
        async (namespace) => [namespace, await readDevices(sandbox, fileOf(namespace))] as const,
      ),
    ),
  )
}

async function attachProgram(
  sandbox: Sandbox,
  { hook, namespace, device, program }: Program,
  pin: string,
  path: string,
  fileOf: NamespaceFile,
): Promise<void> {
  const lines = [
    // `replace` serves a second program on the same device.
    `qdisc replace dev ${device} clsact`,
    `filter add dev ${device} ${tcDirections[hook]} bpf direct-action object-pinned ${pin}`,
  ]
  await sandbox.run(
    {
      command: ['tc', '-batch', '-'],
      input: `${lines.join('\n')}\n`,
      what: `attach ${program} at ${hook} of ${device} in ${namespace} of path "${path}"`,
    },
    fileOf(namespace),
  )
}
