/** Programs of pathbench's own by which load is sent or taken: loaded once in a sandbox, and pinned for the generator. */
import { builtObject } from '../host/built.ts'
import { BenchError } from '../host/errors.ts'
import type { ProgramTypeName } from '../parts/hooks/program-types.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import type { InstanceOrder } from './load-order.ts'
import { loadInstances } from './loader.ts'

/** The order that loads programs of an object of bpf/. @param folder where they are pinned, and their maps in `maps` */
export const ownOrder = (
  object: string,
  folder: string,
  programs: readonly { readonly name: string; readonly type: ProgramTypeName }[],
): InstanceOrder => ({
  object: builtObject(object),
  namespace: null,
  programPins: folder,
  mapPins: `${folder}/maps`,
  pinRoot: `${folder}/by-name`,
  programs,
  constants: [],
  entries: [],
  sharedMaps: [],
  mapSizes: {},
  background: {},
})

/** What is loaded in each sandbox, by folder: runs of a sweep share theirs. */
const loadedIn = new WeakMap<Sandbox, Set<string>>()

/**
 * Loads what is not there yet.
 *
 * @param of whose programs they are, for an error
 * @throws BenchError `failed` if the kernel refuses one
 */
export async function loadOnce(
  sandbox: Sandbox,
  orders: readonly InstanceOrder[],
  of: string,
): Promise<void> {
  const loaded = loadedIn.get(sandbox) ?? new Set()
  loadedIn.set(sandbox, loaded)
  const missing = orders.filter(({ programPins }) => !loaded.has(programPins))
  for (const [index, answer] of (await loadInstances(sandbox, missing)).entries()) {
    if (answer.state !== 'loaded')
      throw new BenchError(`Could not load the program of ${of}: ${answer.error}`, {
        trouble: 'failed',
        details: answer.messages,
      })
    loaded.add(missing[index]?.programPins ?? '')
  }
}
