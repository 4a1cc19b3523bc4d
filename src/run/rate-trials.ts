/** Trials at given rates on paths that are up, and who lost what of them. */
import { parseCounters } from '../datapath/counters.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import type { Loss } from '../record/search.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import { namespacePlace } from '../topology/sandbox.ts'
import { endedReason } from './own-commands.ts'
import type { RoundContext, TellCounted } from './round-context.ts'
import { whileUp } from './while-up.ts'

/** What is to be offered to a path. */
export interface RateOrder {
  readonly path: ScenarioPath
  readonly ratePps: number
  readonly durationS: number
}

export interface RateOutcome extends RateOrder {
  /** That were to be offered. */
  readonly packets: number
  readonly loss: Loss
  readonly result: TrialResult
}

/**
 * What leaves so long after the schedule's end was offered in time: a departure takes a moment, and the last packet is due
 * just before. A share of the trial that is small against the width that capacities are known to.
 */
const graceShare = 0.001
const leastGraceNs = 50_000

/** Runs a trial for each order, back to back where paths are live at once, in this order. */
export async function runRateTrials(
  context: RoundContext,
  orders: readonly RateOrder[],
  tellCounted?: TellCounted,
): Promise<RateOutcome[]> {
  const { pathSwitch } = context
  if (pathSwitch === undefined || tellCounted === undefined) return await runUp(context, orders)
  const outcomes: RateOutcome[] = []
  for (const order of orders) {
    const own = await whileUp(context, pathSwitch, order.path, tellCounted, () => runUp(context, [order]))
    outcomes.push(...(own ?? []))
  }
  return outcomes
}

async function runUp(context: RoundContext, orders: readonly RateOrder[]): Promise<RateOutcome[]> {
  const { input, tools, drivers, log } = context
  const [paced] = input.plan.load
  if (paced?.kind !== 'paced') throw new Error('what is measured at rates has one paced trial')
  const planned = orders.map(({ path, ratePps, durationS }) => ({
    path: { name: path.name, mayLose: true },
    trial: { ...paced, ratePps, packets: Math.max(1, Math.round(ratePps * durationS)) },
    graceNs: Math.round(Math.max(leastGraceNs, durationS * 1e9 * graceShare)),
  }))
  const before = await socketDrops(context, orders)
  const results = await drivers.run({ driver: 'udpgen', trials: planned })
  const after = await socketDrops(context, orders)
  for (const result of results) log.countTrial(result)
  for (const path of log.remaining(orders.map((order) => order.path))) {
    log.add(['looked at', path.name])
    const ended = await endedReason(tools.sandbox.at(path.name), path)
    if (ended !== undefined) log.add(['left out', path.name, ended])
  }
  return orders.map((order, index): RateOutcome => {
    const result = results[index]!
    const { packets } = planned[index]!.trial
    const lost = result.sent - result.received
    const atSocket = Math.min(lost, Math.max(0, after[index]! - before[index]!))
    return {
      ...order,
      packets,
      loss: { notOffered: packets - result.sent, atSocket, onPath: lost - atSocket },
      result,
    }
  })
}

/** Datagrams that the servers' sockets had no room for, by order. */
async function socketDrops(
  { tools }: Pick<RoundContext, 'tools'>,
  orders: readonly RateOrder[],
): Promise<number[]> {
  const places = orders.flatMap(({ path }, index) =>
    [...new Set(path.servers.map(({ namespace }) => namespace))].map((namespace) => ({
      index,
      file: namespacePlace(namespaceFileFor(path.name)(namespace)),
    })),
  )
  const read = await tools.generator.readCounters(
    places.map(({ file }) => file),
    false,
  )
  const drops = orders.map(() => 0)
  for (const [place, { index }] of places.entries()) {
    const counters = parseCounters(read[place]?.text ?? '')
    drops[index]! += (counters.get('Udp.RcvbufErrors') ?? 0) + (counters.get('Udp6.RcvbufErrors') ?? 0)
  }
  return drops
}

/** The share of what was to be offered that did not come through. */
export const lossRatioOf = ({ packets, loss }: { readonly packets: number; readonly loss: Loss }): number =>
  (loss.notOffered + loss.atSocket + loss.onPath) / packets
