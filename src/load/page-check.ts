/** Which pages are got to be compared, beside trials of HTTP load: h2load does not look at what it gets. Pure. */
import { sandboxFolders } from '../topology/sandbox.ts'
import type { HttpClient } from './http.ts'
import type { FetchOrder } from './protocol.ts'
import { measuredPage } from './web-page.ts'

/**
 * Pages that are got of every path in every block. A default run of dsr-vs-nat has some 100 blocks, a quick one
 * 15 at least: 3,200 pages and 480. Where a path spoils one answer in 97, that goes unseen in
 * (96/97)^3200 = 4e-15 and (96/97)^480 = 0.7 % of runs.
 */
const pages = 32

/** So many are on their way at once, which takes a fraction of the time that one after the other would. */
const fewestConnections = 8

/** As long as h2load waits. */
const timeoutNs = 5e9

/** What to get over a path. */
export const pageCheckOrder = ({ namespaceFile, targets, servers }: HttpClient): FetchOrder => ({
  namespace: `${sandboxFolders.namespaces}/${namespaceFile}`,
  page: measuredPage,
  servers,
  targets,
  connections: Math.max(fewestConnections, targets.length),
  requests: pages,
  timeoutNs,
})
