/** Proof that packets went the way a path says: expectation against the kernel's counters. Pure. */
import type { Traffic } from '../parts/traffic.ts'
import type { Proof } from '../results/record.ts'
import { noCounter } from '../scenario/counter-name.ts'
import { type ProofRule, type Relation, relationOf } from '../scenario/schema.ts'
import { parseSum } from '../scenario/sums.ts'
import { binomialBounds } from '../stats/binomial.ts'
import type { Counters } from './counters.ts'

/** What was observed over the same time. */
export interface Observation {
  readonly traffic: Traffic
  /** By namespace, as the scenario calls it. */
  readonly counters: ReadonlyMap<string, Counters>
}

/** What a rule was checked against. */
export interface Finding {
  readonly what: string
  readonly relation: Relation
  /** The amount in words, e.g. `requests + replies`. */
  readonly amount: string
  /** Fewest and most packets that agree with the rule. */
  readonly least: number
  readonly most: number
  /** NaN where there is no such counter. */
  readonly observed: number
  /** In words, where there is no such counter. */
  readonly problem?: string
  readonly holds: boolean
}

/**
 * Checks the rules on counters and on flows that move. Rules on program runs are checked by `judgeRuns`,
 * the one on balanced flows by `judgeBalance`, those on what was delivered by `judgeDeliveryRules`.
 */
export function judgeCounters(rules: readonly ProofRule[], observation: Observation): Finding[] {
  const { traffic } = observation
  return rules.flatMap((rule): Finding[] => {
    if ('counter' in rule) {
      const { relation, amount } = relationOf(rule)
      const { least: observed, problem } = rangeOf(rule.counter, observation)
      // A counter is exact: least and most are one.
      return [finding(rule.counter, relation, amount, observation, observed, problem)]
    }
    if ('flows' in rule && rule.flows === 'sticky')
      return [none("packets that came to another server than their flow's first", traffic.moved)]
    return []
  })
}

/** That there was none of something. */
export const none = (what: string, observed: number): Finding => ({
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
    const { relation, amount } = relationOf(rule)
    return [finding(what, relation, amount, observation, runs.get(rule.program) ?? 0)]
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
  // Of a path that no load has been put on, there is nothing to judge.
  if (flows === 0) return []
  const { least, most } = binomialBounds(flows, 1 / servers.length, balanceAlpha)
  return servers.map(({ namespace, flows: observed }) => ({
    what: `flows on ${namespace}`,
    relation: 'equals',
    amount: 'an even share, as chance allows',
    least,
    most,
    observed,
    holds: observed >= least && observed <= most,
  }))
}

function finding(
  what: string,
  relation: Relation,
  amount: string,
  observation: Observation,
  observed: number,
  problem?: string,
): Finding {
  const range = rangeOf(amount, observation)
  const { least, most } = range
  const reason = problem ?? range.problem
  const holds = (relation === 'atMost' || observed >= least) && (relation === 'atLeast' || observed <= most)
  return {
    ...{ what, relation, amount, least, most, observed },
    ...(reason === undefined ? {} : { problem: reason }),
    holds: reason === undefined && holds,
  }
}

interface Range {
  readonly least: number
  readonly most: number
  /** In words, where a counter is not there. */
  readonly problem?: string
}

/**
 * What a sum comes to: every packet received was counted, and one that was sent and not received may
 * have been. NaN where there is no such counter: nothing is known of it, not even that it stayed at 0.
 */
function rangeOf(sum: string, { traffic, counters }: Observation): Range {
  return parseSum(sum)
    .map((term): Range => {
      if (term.of === 'counter') return counterRange(term.namespace, term.name, counters)
      return term.packets === 'requests'
        ? { least: traffic.requestsReceived, most: traffic.requestsSent }
        : { least: traffic.repliesReceived, most: traffic.repliesSent }
    })
    .reduce(
      (all, one) => {
        const problem = all.problem ?? one.problem
        return {
          ...{ least: all.least + one.least, most: all.most + one.most },
          ...(problem === undefined ? {} : { problem }),
        }
      },
      { least: 0, most: 0 },
    )
}

function counterRange(namespace: string, name: string, counters: Observation['counters']): Range {
  const value = counters.get(namespace)?.get(name)
  if (value !== undefined) return { least: value, most: value }
  const problem = noCounter(name, namespace, counters.get(namespace)?.keys() ?? [])
  return { least: NaN, most: NaN, problem }
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

const relationWords = { equals: '', atLeast: 'at least ', atMost: 'at most ' } as const

/** A finding as the record and the report show it. */
export function describeFinding({
  what,
  relation,
  amount,
  least,
  most,
  observed,
  problem,
  holds,
}: Finding): Proof {
  const bound = relation === 'atMost' ? most : least
  const range = least === most || relation !== 'equals' ? `${bound}` : `${least} to ${most}`
  const isNone = amount === '0' && relation !== 'atLeast'
  return {
    what,
    // A range of a counter that is not there is no number.
    expected: isNone
      ? 'none'
      : `${relationWords[relation]}${Number.isNaN(bound) ? amount : `${range} (${amount})`}`,
    observed: problem ?? String(observed),
    holds,
  }
}
