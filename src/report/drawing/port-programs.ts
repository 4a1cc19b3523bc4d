/** Programs at the ports of bridges, which no station shows: marks where the wire meets the bar. */
import type { PathRecord } from '../../record/record.ts'
import type { Bar } from './bars.ts'
import { deviceBox } from './find-box.ts'
import type { PlacedStation } from './place-station.ts'
import { deviceUnderTestOf, type Point } from './shapes.ts'
import { deviceKey, programsOf } from './stations.ts'

export interface PortProgram {
  readonly program: string
  readonly hook: string
  readonly port: string
  readonly at: Point
}

/** Room for a name beside its mark, up to where a way may run. */
export const portProgramWidth = 42

/** The marks of a path's programs at ports, each by the wire of the device at the link's other end. */
export const portProgramsOf = (
  path: PathRecord,
  stations: readonly PlacedStation[],
  bars: readonly Bar[],
): PortProgram[] =>
  path.topology.links.flatMap(({ ends: [one, other] }) =>
    [
      { port: one, peer: other },
      { port: other, peer: one },
    ].flatMap(({ port, peer }) => {
      const bar = bars.find(({ name }) => name === port.bridge)
      const device = deviceBox(stations, peer)
      if (!bar || !device || stations.some(({ namespace }) => namespace === port.namespace)) return []
      const y = device.y < bar.box.y ? bar.box.y : bar.box.y + bar.box.height
      return programsOf(path)
        .filter((program) => deviceKey(program) === deviceKey(port))
        .map(({ program, hook, device: name }) => ({
          program,
          hook,
          port: name,
          at: { x: deviceUnderTestOf(device).x, y },
        }))
    }),
  )
