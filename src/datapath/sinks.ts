/** The program that takes a server's packets before its stack, bpf/sink.bpf.c: loaded once for each server of each path. */
import { builtObject } from '../host/built.ts'
import { BenchError } from '../host/errors.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import { sinkFolder, sinkProgram } from '../topology/sink-pins.ts'
import type { InstanceOrder } from './load-order.ts'
import { loadInstances } from './loader.ts'

/** The order that loads it for a server of a path. */
export function sinkOrder(path: string, server: number): InstanceOrder {
  const folder = sinkFolder(path, server)
  return {
    object: builtObject('sink.bpf.o'),
    namespace: null,
    programPins: folder,
    mapPins: `${folder}/maps`,
    pinRoot: `${folder}/by-name`,
    programs: [{ name: sinkProgram, type: 'xdp' }],
    constants: [],
    entries: [],
    sharedMaps: [],
    mapSizes: {},
    background: {},
  }
}

/** What is loaded in each sandbox, by program's folder: runs of a sweep share theirs. */
const loadedIn = new WeakMap<Sandbox, Set<string>>()

/** Loads what is not there yet for the servers of paths. @throws BenchError `failed` if the kernel refuses it */
export async function loadSinks(
  sandbox: Sandbox,
  paths: readonly Pick<ScenarioPath, 'name' | 'servers'>[],
): Promise<void> {
  const loaded = loadedIn.get(sandbox) ?? new Set()
  loadedIn.set(sandbox, loaded)
  const orders = paths
    .flatMap(({ name, servers }) => servers.map((_, server) => sinkOrder(name, server)))
    .filter(({ programPins }) => !loaded.has(programPins))
  for (const [index, answer] of (await loadInstances(sandbox, orders)).entries()) {
    if (answer.state !== 'loaded')
      throw new BenchError(`Could not load the program of sink xdp: ${answer.error}`, {
        trouble: 'failed',
        details: answer.messages,
        hint: 'it needs a kernel from 5.18 on (bpf_xdp_load_bytes)',
      })
    loaded.add(orders[index]?.programPins ?? '')
  }
}
