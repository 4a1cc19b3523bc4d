/** Lays a path's topology out from client (top) to server (bottom), with the packet's way through it. */
import type { PathRecord, WayStep } from '../../results/record.ts'
import type { PathStyle } from '../view/path-style.ts'
import { numberColumn, textColumn, type TableView } from '../view/table.ts'
import { placeStation, stationWidth, type PlacedStation } from './place-station.ts'
import { bottomOf, topOf } from './shapes.ts'
import { deviceKey, stationsOf } from './stations.ts'
import { deviceBox, linkLine, wayLine, type WayLine } from './way-line.ts'

const leastWidth = 230
const betweenStations = 34
const laneWidth = 16

export interface TopologyView {
  readonly style: PathStyle
  readonly width: number
  readonly height: number
  readonly stations: readonly PlacedStation[]
  /** Paths in SVG's notation. */
  readonly links: readonly string[]
  readonly way: WayLine | undefined
  readonly finding: string
  readonly table: TableView
}

const stepWords = (step: WayStep): string => {
  if (step.through === 'stack') return 'network stack'
  return step.through === 'device' ? step.device : `program ${step.program} at ${step.hook} of ${step.device}`
}

const wayTable = ({ name, way, topology }: PathRecord): TableView => {
  const addresses = new Map(
    topology.links.flatMap(({ ends }) => ends).map((end) => [deviceKey(end), end.addresses.join(', ')]),
  )
  return {
    caption: `The way of a packet by ${name}`,
    columns: [numberColumn('Step'), textColumn('Namespace'), textColumn('Through'), textColumn('Addresses')],
    rows: way.map((step, index) => [
      String(index + 1),
      step.namespace,
      stepWords(step),
      step.through === 'device' ? (addresses.get(deviceKey(step)) ?? '') : '',
    ]),
  }
}

const topologyView = (path: PathRecord, style: PathStyle): TopologyView => {
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
  const steps = path.way.map((step) => `${stepWords(step)} (${step.namespace})`)
  return {
    style,
    width: width + (spans.some((span) => span > 1) ? laneWidth : 0),
    height: last ? last.y + last.height : 0,
    stations: placed,
    links,
    way: wayLine(path.way, placed, lanes),
    finding: `Topology of ${path.name}. A packet goes through: ${steps.join(', ')}.`,
    table: wayTable(path),
  }
}

/** A drawing for each path that was planned far enough to have namespaces. */
export const topologyViews = (paths: readonly PathRecord[], styles: readonly PathStyle[]): TopologyView[] =>
  paths.flatMap((path) => {
    const style = styles.find(({ name }) => name === path.name)
    return style && path.topology.namespaces.length > 0 ? [topologyView(path, style)] : []
  })
