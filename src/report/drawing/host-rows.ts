/** In which row between the segments each host stands. */
import type { PathRecord } from '../../record/record.ts'
import type { Segment } from './segments.ts'
import { deviceKey, orderedNamespaces, programsOf, type Device, type Station } from './stations.ts'
import type { Way } from './ways.ts'

/** What tells hosts apart that do the same work: the segments they are on and the programs they run. */
const kindOf = (namespace: string, path: PathRecord, segments: readonly Segment[]): string =>
  JSON.stringify([
    segments.map(({ devices }) =>
      devices.filter((device) => device.namespace === namespace).map(({ device }) => device),
    ),
    programsOf(path)
      .filter((program) => program.namespace === namespace)
      .map(({ device, hook, program }) => [device, hook, program].join(' '))
      .toSorted(),
  ])

/** The host at the end of the way, and those that differ from it by their addresses only. */
export const serversOf = (path: PathRecord, segments: readonly Segment[]): string[] => {
  const server = path.way.at(-1)?.namespace
  if (server === undefined) return []
  const kind = kindOf(server, path, segments)
  const touched = new Set(path.way.map(({ namespace }) => namespace))
  return [
    server,
    ...orderedNamespaces(path).filter(
      (namespace) => !touched.has(namespace) && kindOf(namespace, path, segments) === kind,
    ),
  ]
}

/** Row `index` stands above segment `index`: the client there, servers and whoever joins two below the first. */
const rowOf = (places: readonly number[], part: Station['part']): number => {
  const first = Math.min(...places)
  if (part === 'client') return first
  return part === 'server' || places.some((place) => place > first) ? first + 1 : first
}

const stationOf = (
  namespace: string,
  row: number,
  segments: readonly Segment[],
  path: PathRecord,
): Omit<Station, 'passesStack' | 'part'> => {
  const onSegments = (some: readonly Segment[]): Device[] =>
    some.flatMap(({ devices }) => devices.filter((device) => device.namespace === namespace))
  const [upper, lower] = [onSegments(segments.slice(0, row)), onSegments(segments.slice(row))]
  const keys = new Set([...upper, ...lower].map(deviceKey))
  return {
    namespace,
    upper,
    lower,
    inner: [],
    programs: programsOf(path).filter((program) => keys.has(deviceKey(program))),
  }
}

/** Hosts by row, from the client down, each with its devices on the side of their segment. */
export const hostRows = (
  path: PathRecord,
  segments: readonly Segment[],
  servers: readonly string[],
  ways: readonly Way[],
): Station[][] => {
  const client = path.way[0]?.namespace
  const stays = ways.flatMap((way) => [...way.stays, ...way.likewise])
  const rows: Station[][] = Array.from({ length: segments.length + 1 }, () => [])
  for (const namespace of orderedNamespaces(path)) {
    const places = segments.flatMap(({ devices }, place) =>
      devices.some((device) => device.namespace === namespace) ? [place] : [],
    )
    if (places.length === 0) continue
    const part = namespace === client ? 'client' : servers.includes(namespace) ? 'server' : undefined
    const row = rowOf(places, part)
    rows[row]?.push({
      ...stationOf(namespace, row, segments, path),
      passesStack: stays.some(
        (stay) => stay.namespace === namespace && stay.inner.some(({ through }) => through === 'stack'),
      ),
      part,
    })
  }
  return rows
}
