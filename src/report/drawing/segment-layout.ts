/** Lays hosts out in rows between the segments they are on, with the ways through them. */
import type { PathRecord } from '../../record/record.ts'
import { barsOf, wiresOf, type Bar } from './bars.ts'
import { crossingsOf, type XOf } from './crossings.ts'
import { hostRows, serversOf } from './host-rows.ts'
import { stackRows, placeRows } from './stack-rows.ts'
import type { PlacedStation } from './place-station.ts'
import { portProgramsOf, type PortProgram } from './port-programs.ts'
import { orderedSegments, segmentsOf } from './segments.ts'
import { deviceUnderTestOf } from './shapes.ts'
import { deviceKey } from './stations.ts'
import { trackLines, type TrackLine } from './track-lines.ts'
import { tracksOf } from './tracks.ts'
import { waysOf } from './ways.ts'

export interface Layout {
  readonly width: number
  readonly height: number
  readonly stations: readonly PlacedStation[]
  readonly bars: readonly Bar[]
  readonly portPrograms: readonly PortProgram[]
  /** Paths in SVG's notation. */
  readonly links: readonly string[]
  readonly ways: readonly TrackLine[]
}

/** The layout of a topology with segments, or whose replies have a way of their own. */
export const segmentLayout = (path: PathRecord): Layout => {
  const segments = orderedSegments(segmentsOf(path), path.way[0]?.namespace)
  const servers = serversOf(path, segments)
  const ways = waysOf(path, servers)
  const tracks = tracksOf(ways)
  const { placed, width } = placeRows(hostRows(path, segments, servers, ways), tracks.arrangement)
  const middles = new Map(
    placed
      .flat()
      .flatMap(({ devices }) =>
        devices.map((device) => [deviceKey(device), deviceUnderTestOf(device.box).x]),
      ),
  )
  const xOf: XOf = (device, passage) =>
    device === undefined ? 0 : (middles.get(device) ?? 0) + tracks.offset(device, passage)
  const { byWay, laneCounts } = crossingsOf(ways, segments, xOf)
  const stacked = stackRows(placed, segments, laneCounts, width)
  const bars = barsOf(segments, stacked, byWay.flat(), xOf)
  return {
    width,
    height: stacked.height,
    stations: stacked.stations,
    bars,
    portPrograms: portProgramsOf(path, stacked.stations, bars),
    links: wiresOf(segments, stacked),
    ways: trackLines(ways, byWay, { stacked, xOf }),
  }
}
