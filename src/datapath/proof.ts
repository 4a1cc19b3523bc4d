/** Proof that packets went the way a path says: expectation against the kernel's counters. Pure. */
import type { Proof } from '../results/record.ts'
import type { ProofRule } from '../scenario/schema.ts'
import { parseSum } from '../scenario/sums.ts'
import { binomialBounds } from '../stats/binomial.ts'
import type { Counters } from './counters.ts'

/** Packets of a path's trials as both ends counted them. What was sent and not received may have got anywhere. */
export interface Traffic {
  readonly requestsSent: number
  readonly requestsReceived: number
  readonly repliesSent: number
  readonly repliesReceived: number
  /** HTTP requests that were not answered. */
  readonly failedHttp: number
  /** Packets that came to another server than their flow's first. */
  readonly moved: number
}

export const noTraffic: Traffic = {
  requestsSent: 0,
  requestsReceived: 0,
  repliesSent: 0,
  repliesReceived: 0,
  failedHttp: 0,
  moved: 0,
}

/** The traffic of both. */
export const addTraffic = (a: Traffic, b: Traffic): Traffic => ({
  requestsSent: a.requestsSent + b.requestsSent,
  requestsReceived: a.requestsReceived + b.requestsReceived,
  repliesSent: a.repliesSent + b.repliesSent,
  repliesReceived: a.repliesReceived + b.repliesReceived,
  failedHttp: a.failedHttp + b.failedHttp,
  moved: a.moved + b.moved,
})

/** What was observed over the same time. */
export interface Observation {
  readonly traffic: Traffic
  /** By namespace, as the scenario calls it. */
  readonly counters: ReadonlyMap<string, Counters>
  /** The namespaces of the path's ends. */
  readonly client: string
  readonly servers: readonly string[]
}

type Counted = Pick<Observation, 'traffic' | 'counters'>

/** What a rule was checked against. */
export interface Finding {
  readonly what: string
  readonly relation: 'equals' | 'atLeast'
  /** The amount in words, e.g. `requests + replies`. */
  readonly amount: string
  /** Fewest and most packets that agree with the rule. */
  readonly least: number
  readonly most: number
  /** NaN where the kernel has no such counter. */
  readonly observed: number
  readonly holds: boolean
}

/**
 * Checks the rules on counters and on what both ends counted. Rules on program runs are checked by
 * `judgeRuns`, the one on balanced flows by `judgeBalance`.
 */
export function judgeCounters(rules: readonly ProofRule[], observation: Observation): Finding[] {
  const { traffic } = observation
  return rules.flatMap((rule): Finding[] => {
    if ('counter' in rule) {
      const relation = 'equals' in rule ? 'equals' : 'atLeast'
      const amount = 'equals' in rule ? rule.equals : rule.atLeast
      // A counter is exact: least and most are one.
      const observed = rangeOf(rule.counter, observation).least
      return [finding(rule.counter, relation, amount, observation, observed)]
    }
    if ('lost' in rule) return [none('packets and HTTP requests lost', lostIn(observation))]
    if ('flows' in rule && rule.flows === 'sticky')
      return [none("packets that came to another server than their flow's first", traffic.moved)]
    return []
  })
}

/**
 * What was lost both ways, by the kernel's counts of what was sent and what was read from sockets: an
 * answer that was late is not lost.
 */
function lostIn({ traffic, counters, client, servers }: Observation): number {
  const count = (namespace: string, name: string) => counters.get(namespace)?.get(`Udp.${name}`) ?? NaN
  const ofServers = (name: string) =>
    [...new Set(servers)].reduce((sum, namespace) => sum + count(namespace, name), 0)
  const lostRequests = count(client, 'OutDatagrams') - ofServers('InDatagrams')
  const lostReplies = ofServers('OutDatagrams') - count(client, 'InDatagrams')
  return lostRequests + lostReplies + traffic.failedHttp
}

const none = (what: string, observed: number): Finding => ({
  what,
  relation: 'equals',
  amount: '0',
  least: 0,
  most: 0,
  observed,
  holds: observed === 0,
})

/** Checks the rules on program runs. @param runs by program name, over the same time as `traffic` */
export function judgeRuns(
  rules: readonly ProofRule[],
  traffic: Traffic,
  runs: ReadonlyMap<string, number>,
): Finding[] {
  const observation = { traffic, counters: new Map<string, Counters>() }
  return rules.flatMap((rule): Finding[] => {
    if (!('program' in rule)) return []
    const what = `runs of ${rule.program} while probing`
    return [finding(what, 'atLeast', rule.atLeast, observation, runs.get(rule.program) ?? 0)]
  })
}

/** How rarely flows that are dealt out evenly at random may fail `flows: balanced`. */
const balanceAlpha = 1e-6

/** Checks that every server got as many of a run's flows as an even share and chance allow. */
export function judgeBalance(
  rules: readonly ProofRule[],
  servers: readonly { readonly namespace: string; readonly flows: number }[],
): Finding[] {
  if (!rules.some((rule) => 'flows' in rule && rule.flows === 'balanced')) return []
  const flows = servers.reduce((sum, server) => sum + server.flows, 0)
  const { least, most } = binomialBounds(flows, 1 / servers.length, balanceAlpha)
  return servers.map(({ namespace, flows: observed }) => ({
    what: `flows on ${namespace}`,
    relation: 'equals',
    amount: 'an even share, as chance allows',
    least,
    most,
    observed,
    holds: flows > 0 && observed >= least && observed <= most,
  }))
}

function finding(
  what: string,
  relation: Finding['relation'],
  amount: string,
  observation: Counted,
  observed: number,
): Finding {
  const { least, most } = rangeOf(amount, observation)
  const holds = observed >= least && (relation === 'atLeast' || observed <= most)
  return { what, relation, amount, least, most, observed, holds }
}

/**
 * What a sum comes to: every packet received was counted, and one that was sent and not received may
 * have been. NaN where the kernel has no such counter: nothing is known of it, not even that it stayed
 * at 0.
 */
function rangeOf(sum: string, { traffic, counters }: Counted): { least: number; most: number } {
  let least = 0
  let most = 0
  for (const term of parseSum(sum)) {
    if (term.of === 'counter') {
      const value = counters.get(term.namespace)?.get(term.name) ?? NaN
      least += value
      most += value
    } else if (term.packets === 'requests') {
      least += traffic.requestsReceived
      most += traffic.requestsSent
    } else {
      least += traffic.repliesReceived
      most += traffic.repliesSent
    }
  }
  return { least, most }
}

/** Findings of several rounds as one each: sums, and whether it held in every round. */
export function sumFindings(rounds: readonly (readonly Finding[])[]): Finding[] {
  const sums = new Map<string, Finding>()
  for (const one of rounds.flat()) {
    const key = `${one.what} ${one.relation} ${one.amount}`
    const sum = sums.get(key)
    sums.set(
      key,
      sum === undefined
        ? one
        : {
            ...sum,
            least: sum.least + one.least,
            most: sum.most + one.most,
            observed: sum.observed + one.observed,
            holds: sum.holds && one.holds,
          },
    )
  }
  return [...sums.values()]
}

/** A finding as the record and the report show it. */
export function describeFinding({ what, relation, amount, least, most, observed, holds }: Finding): Proof {
  const range = least === most || relation === 'atLeast' ? `${least}` : `${least} to ${most}`
  const words = relation === 'atLeast' ? 'at least ' : ''
  return {
    what,
    expected: amount === '0' ? 'none' : `${words}${range} (${amount})`,
    observed: Number.isNaN(observed) ? 'no such counter' : String(observed),
    holds,
  }
}
