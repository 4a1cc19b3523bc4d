/** Programs at hooks of sockets: what they cannot have. Pure. */
import { loadOf } from '../parts/loads/loads.ts'
import { isOfSockets, socketsOfClient } from '../parts/hooks/hooks.ts'
import { placeOf } from './place.ts'
import type { ScenarioFile } from './schema.ts'
import type { FilePath, Issue } from './yaml-file.ts'

/** Sockets are opened by the generator, for a path of its own, in the client's namespace. */
export function checkSocketHooks(file: ScenarioFile): Issue[] {
  return Object.entries(file.paths).flatMap(([name, { programs }]) =>
    programs.flatMap((program, index) =>
      isOfSockets(program.hook) ? checkProgram(program, file, ['paths', name, 'programs', index]) : [],
    ),
  )
}

type WrittenProgram = ScenarioFile['paths'][string]['programs'][number]

function checkProgram(program: WrittenProgram, file: ScenarioFile, at: FilePath): Issue[] {
  const { hook, object, namespace, device, sample } = program
  const { client, load } = file
  const reasons: (readonly [isSo: boolean, key: string, message: string])[] = [
    [
      device !== socketsOfClient,
      'device',
      `none: ${hook} is of no device, but of the sockets that the client opens`,
    ],
    [
      [namespace].flat().some((one) => one !== client.namespace),
      'namespace',
      `the client's, ${client.namespace}: ${hook} is of the sockets that it opens`,
    ],
    [object === undefined, 'object', `missing: nobody else attaches programs at ${hook} of a path`],
    [sample !== undefined, 'sample', `cannot be set: a program at ${hook} has no packet`],
    [
      placeOf(file) !== 'sandbox',
      'hook',
      `${hook} is for paths that are built: those that share namespaces share their sockets, too`,
    ],
    [
      load.some(({ kind }) => loadOf(kind).isOfOtherTools),
      'hook',
      `${hook} is of the sockets of UDP and TCP load: those of HTTP load are another process's`,
    ],
  ]
  return reasons.flatMap(([isSo, key, message]) => (isSo ? [{ path: [...at, key], message }] : []))
}
