/** The program that takes a server's packets before its stack, bpf/sink.bpf.c: loaded once for each server of each path. */
import type { ScenarioPath } from '../scenario/scenario.ts'
import { sinkFolder, sinkProgram } from '../topology/sink-pins.ts'
import type { InstanceOrder } from './load-order.ts'
import { ownOrder } from './own-programs.ts'

/** The order that loads it. @param folder where it is pinned */
export const sinkOrder = (folder: string): InstanceOrder =>
  ownOrder('sink.bpf.o', folder, [{ name: sinkProgram, type: 'xdp' }])

/** The orders that load it for the servers of paths. */
export const sinkOrders = (paths: readonly Pick<ScenarioPath, 'name' | 'servers'>[]): InstanceOrder[] =>
  paths.flatMap(({ name, servers }) => servers.map((_, server) => sinkOrder(sinkFolder(name, server))))
