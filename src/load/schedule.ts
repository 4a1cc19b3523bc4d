/** The order of trials within a block. */
import type { HttpTrial, LoadTrial, UdpTrial } from '../scenario/schema.ts'
import type { HttpOrder } from './http.ts'
import type { TrialOrder } from './protocol.ts'

/** Items in random order. */
type Shuffle = <Item>(items: readonly Item[]) => Item[]

/**
 * Packets at the start of a trial that are not timed. After a trial on another path they meet cold
 * caches, which traffic on one path alone would not: the first take half as long again.
 */
const leadPackets = 16

/**
 * How long a path that may lose is waited for: what is missing is lost in all likelihood, and there is
 * some in every trial. On other paths udpgen waits until nothing can be on its way any more.
 */
const impatienceNs = 20e6

/** A path in a block. */
export interface PlannedPath {
  readonly name: string
  /** Whether packets of it may be lost. */
  readonly mayLose: boolean
}

/** A UDP trial for one path; one too short to have a lead is timed whole. */
const udpOrder = ({ name, mayLose }: PlannedPath, trial: UdpTrial): TrialOrder => ({
  path: name,
  ...trial,
  ...(trial.packets > 2 * leadPackets ? { leadPackets } : {}),
  ...(mayLose ? { quietNs: impatienceNs } : {}),
  ...(mayLose && trial.kind === 'pingpong' ? { timeoutNs: impatienceNs } : {}),
})

const httpOrder = ({ name: path }: PlannedPath, { kind, requests, connections }: HttpTrial): HttpOrder => ({
  path,
  kind,
  requests,
  connections,
})

/** Trials that follow each other and are driven by the same generator. */
export type Stretch =
  | { readonly driver: 'udpgen'; readonly orders: readonly TrialOrder[] }
  | { readonly driver: 'http'; readonly orders: readonly HttpOrder[] }

/**
 * A block: every path gets every kind of trial once. Trials of one kind run back to back, as they
 * are what is compared; which path goes first is drawn anew for each kind and block, and so is the
 * order of the kinds.
 */
export function planBlock(
  paths: readonly PlannedPath[],
  load: readonly LoadTrial[],
  shuffle: Shuffle,
): Stretch[] {
  return shuffle(load).reduce<Stretch[]>((stretches, trial) => {
    const order = shuffle(paths)
    if (trial.kind === 'http')
      return [...stretches, { driver: 'http', orders: order.map((path) => httpOrder(path, trial)) }]
    const orders = order.map((path) => udpOrder(path, trial))
    const last = stretches.at(-1)
    // One command for udpgen where nothing comes between: trials then follow each other at once.
    return last?.driver === 'udpgen'
      ? [...stretches.slice(0, -1), { driver: 'udpgen', orders: [...last.orders, ...orders] }]
      : [...stretches, { driver: 'udpgen', orders }]
  }, [])
}
