/** The two forms in which a file may write a link: a list of two ends, or an object with a kind. Pure. */
import { defaultLinkKind } from '../parts/links/links.ts'
import { ownValue, valueAt } from './own-value.ts'
import type { FilePath } from './yaml-file.ts'

/**
 * A topology as it is written, with every link as an object: what a path's changes are made to, so that they can give a
 * link another kind and leave its ends.
 */
export function withLongLinks(topology: unknown): unknown {
  const links = ownValue(topology, 'links')
  if (typeof links !== 'object' || links === null) return topology
  const long = Object.entries(links).map(([name, link]: [string, unknown]) => [
    name,
    Array.isArray(link) ? { kind: defaultLinkKind, ends: link } : link,
  ])
  return { ...(topology as object), links: Object.fromEntries(long) as unknown }
}

/**
 * A path to the end of a link as the file has it: in a list of ends there is no `ends`.
 *
 * @param file the value of the whole file
 */
export function pathAsWritten(path: FilePath, file: unknown): FilePath {
  const start = path[0] === 'paths' ? 2 : 0
  const [topology, links, name = '', ends, ...rest] = path.slice(start)
  if (topology !== 'topology' || links !== 'links' || ends !== 'ends') return path
  const linkAt = [...path.slice(0, start), topology, links, name]
  // A path may have the link from the topology that all share.
  const link = valueAt(file, linkAt) ?? valueAt(file, [topology, links, name])
  return Array.isArray(link) ? [...linkAt, ...rest] : path
}
