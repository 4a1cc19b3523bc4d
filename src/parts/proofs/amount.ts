/** Rules that set something that was counted against an amount: `equals`, `atLeast`, `atMost`. */
import { z } from 'zod'
import { addRanges, type PacketRange, type Traffic } from '../traffic.ts'
import { noCounter, parseCounterName } from './counter-name.ts'
import type { CheckedRule, Relation } from './checked-rule.ts'
import type { Sights } from './proof.ts'
import { parseSum } from './sums.ts'

/** Counters, as rules name them. */
export const counterWords = 'NAMESPACE/Ip.ForwDatagrams, NAMESPACE/DEVICE.rxPackets and the like'

/** What is said of a subject that is set against an amount. */
export const amountWords = 'with "equals", "atLeast" or "atMost"'

/** A sum, as the file may have it. */
export const sum = (words: string) =>
  z
    .union([z.int().min(0), z.string().min(1, words)], { error: words })
    .transform(String)
    .describe(words)

const amount = sum(
  `a whole number, requests, replies, or a counter (${counterWords}); or several of these, summed with " + ".`,
)

/** A rule for each relation. @param subject the rule's other key */
export const amountForms = <Subject extends z.ZodRawShape>(subject: Subject) =>
  [
    z.strictObject({ ...subject, equals: amount }),
    z.strictObject({ ...subject, atLeast: amount }),
    z.strictObject({ ...subject, atMost: amount }),
  ] as const

/** What a rule sets its subject against. */
export type AmountRule =
  { readonly equals: string } | { readonly atLeast: string } | { readonly atMost: string }

/** What a rule sets its subject against, and how. */
export function relationOf(rule: AmountRule): { relation: Relation; amount: string } {
  if ('equals' in rule) return { relation: 'equals', amount: rule.equals }
  if ('atLeast' in rule) return { relation: 'atLeast', amount: rule.atLeast }
  return { relation: 'atMost', amount: rule.atMost }
}

/** ` by at least requests`. */
export function amountText(rule: AmountRule): string {
  const { relation, amount } = relationOf(rule)
  return { equals: ` by ${amount}`, atLeast: ` by at least ${amount}`, atMost: ` by at most ${amount}` }[
    relation
  ]
}

/** Something that was counted. */
interface Subject {
  readonly what: string
  readonly observed: number
  /** In words, where a counter is not there. */
  readonly problem?: string | undefined
  /** The protocol whose packets alone it counts, where it is one. */
  readonly protocol?: Transport | undefined
}

/** What counters of one protocol count. */
export type Transport = 'udp' | 'tcp'

/** The protocol that all counters of a sum are of; undefined where one counts packets of any. */
export function transportOf(text: string): Transport | undefined {
  const found = parseSum(text).map((term) =>
    term.of === 'counter' ? transportOfCounter(term.name) : undefined,
  )
  const [first] = found
  return found.every((one) => one === first) ? first : undefined
}

function transportOfCounter(text: string): Transport | undefined {
  const name = parseCounterName(text)
  if (name?.of !== 'protocol') return undefined
  if (name.protocol.startsWith('Udp')) return 'udp'
  return name.protocol.startsWith('Tcp') ? 'tcp' : undefined
}

/** Sets what was counted against the rule's amount. @param seen over the same time */
export function judgeAmount(
  { what, observed, problem, protocol }: Subject,
  rule: AmountRule,
  seen: Sights['round'],
): CheckedRule {
  const { relation, amount } = relationOf(rule)
  const range = rangeOf(amount, seen, protocol)
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
 * What a sum comes to: every packet received was counted, by itself or with others that the kernel carried as one, and
 * one that was sent and not received may have been. NaN where there is no such counter: nothing is known of it, not even that it stayed at 0.
 * @param protocol whose packets alone are meant by `requests` and `replies`; all where it is undefined
 */
export function rangeOf(text: string, { traffic, counters }: Sights['round'], protocol?: Transport): Range {
  return parseSum(text)
    .map((term): Range => {
      if (term.of === 'counter') return counterRange(term.namespace, term.name, counters)
      if (term.of === 'number') return { least: term.packets, most: term.packets }
      return packetsOf(term.packets, traffic, protocol)
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

function packetsOf(
  what: 'requests' | 'replies',
  traffic: Traffic,
  protocol: Transport | undefined,
): PacketRange {
  const udp =
    what === 'requests'
      ? { least: traffic.requestsReceived - traffic.merged, most: traffic.requestsSent }
      : { least: traffic.repliesReceived, most: traffic.repliesSent }
  if (protocol === 'udp') return udp
  return protocol === 'tcp' ? traffic.tcp[what] : addRanges(udp, traffic.tcp[what])
}

function counterRange(namespace: string, name: string, counters: Sights['round']['counters']): Range {
  const value = counters.get(namespace)?.get(name)
  if (value !== undefined) return { least: value, most: value }
  const problem = noCounter(name, namespace, counters.get(namespace)?.keys() ?? [])
  return { least: NaN, most: NaN, problem }
}
