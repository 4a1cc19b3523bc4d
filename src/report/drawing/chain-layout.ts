/** Lays hosts that are linked one to the next out in a column, with the way through them. */
import type { PathRecord } from '../../record/record.ts'
import { deviceBox } from './find-box.ts'
import { placeStation, stationWidth, type PlacedStation } from './place-station.ts'
import type { Layout } from './segment-layout.ts'
import { bottomOf, topOf } from './shapes.ts'
import { stationsOf } from './stations.ts'
import { linkLine, wayLine } from './way-line.ts'

const leastWidth = 230
const betweenStations = 34
const laneWidth = 16

/** The layout of a topology without bridges, whose replies go the way of the requests. */
export const chainLayout = (path: PathRecord): Layout => {
  const stations = stationsOf(path)
  const width = Math.max(leastWidth, ...stations.map(stationWidth))
  const placed: PlacedStation[] = []
  for (const station of stations) {
    const above = placed.at(-1)?.box
    placed.push(placeStation(station, above ? above.y + above.height + betweenStations : 0, width))
  }
  const placeOf = (namespace: string): number => placed.findIndex((each) => each.namespace === namespace)
  const lanes = { outerX: width + laneWidth / 2, reach: 12 }
  const spans = path.topology.links.map(({ ends: [one, other] }) =>
    Math.abs(placeOf(one.namespace) - placeOf(other.namespace)),
  )
  const links = path.topology.links.flatMap(({ ends: [one, other] }, index) => {
    const [from, to] = [deviceBox(placed, one), deviceBox(placed, other)]
    if (!from || !to) return []
    const start = from.y <= to.y ? bottomOf(from) : topOf(from)
    return [`M${start.x} ${start.y}${linkLine(from, to, spans[index] === 1, lanes)}`]
  })
  const last = placed.at(-1)?.box
  const way = wayLine(path.way, placed, lanes)
  return {
    width: width + (spans.some((span) => span > 1) ? laneWidth : 0),
    height: last ? last.y + last.height : 0,
    stations: placed,
    bars: [],
    portPrograms: [],
    links,
    ways: way ? [{ ...way, direction: 'request', isLikewise: false }] : [],
  }
}
