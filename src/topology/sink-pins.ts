/** Where the program that takes a server's packets and its maps are pinned. Pure. */
import { sandboxFolders } from './sandbox.ts'

export const sinkProgram = 'take_frame'

/** The folder of a server's own. No path has a name with capitals. */
export const sinkFolder = (path: string, server: number): string =>
  `${sandboxFolders.bpf}/SINK-${path}-${server}`

/** As the generator is told. */
export const sinkPins = (path: string, server: number) => {
  const folder = sinkFolder(path, server)
  return {
    program: `${folder}/${sinkProgram}`,
    orders: `${folder}/maps/sink_orders`,
    queue: `${folder}/maps/sink_queue`,
  } as const
}
