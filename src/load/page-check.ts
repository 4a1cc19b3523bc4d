/** Which pages are got to be compared, beside trials of HTTP load: h2load does not look at what it gets. Pure. */
import { namespacePlace } from '../topology/sandbox.ts'
import type { HttpClient } from './http-client.ts'
import type { FetchOrder } from './protocol.ts'
import { measuredPage } from './web-page.ts'

/**
 * Pages that are got over every path in every block. With the fewest blocks that a round may have, three with the
 * warm-up, a default run of 12 rounds compares 1,152 of a path, a quick one of 5 rounds 480: where one answer in
 * 97 is spoilt by chance, that goes unseen in (96/97)^1152 = 7e-6 and (96/97)^480 = 0.7 % of runs. On a machine with
 * nothing else to do rounds have several times as many blocks. All 32 take 2 ms.
 */
const pages = 32

/** So many are on their way at once, which takes a fraction of the time that one after the other would. */
const fewestConnections = 8

/** As long as h2load waits. */
const timeoutNs = 5e9

/** What to get over a path. */
export const pageCheckOrder = ({ namespaceFile, targets, servers }: HttpClient): FetchOrder => ({
  namespace: namespacePlace(namespaceFile),
  page: measuredPage,
  servers,
  targets,
  connections: Math.max(fewestConnections, targets.length),
  requests: pages,
  timeoutNs,
})
