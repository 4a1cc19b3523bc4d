/** Rules of proof: what the kernel's counters and the load's own counts must show. One subject and one relation each. */
import { z } from 'zod'

/** Counters, as rules of proof name them. */
const counterWords = 'NAMESPACE/Ip.ForwDatagrams, NAMESPACE/DEVICE.rxPackets and the like'
const sum = (words: string) =>
  z
    .union([z.literal(0), z.string().min(1, words)], { error: words })
    .transform(String)
    .describe(words)
const counted = sum(
  `Counters, summed with " + ": ${counterWords}. Of /proc/net/snmp, netstat and snmp6 (TcpExt.ListenDrops, Ip6.InReceives), of /proc/net/dev (DEVICE.rxDropped), of drivers (DEVICE.ethtool.NAME), of nftables (nft.NAME), and in maps (map.NAME(KEY).FIELD).`,
)
const amount = sum(
  `0, requests, replies, or a counter (${counterWords}); or several of these, summed with " + ".`,
)

const percentage = z
  .string()
  .regex(/^\d+(\.\d+)?\s*%$/, 'a share in per cent, as in 0.1%')
  .refine((text) => parseFloat(text) <= 100, { error: 'a share of at most 100%' })

/** None, or a share of what was sent. */
const bounded = (words: string) =>
  z
    .union([z.literal('none'), z.strictObject({ atMost: percentage })], {
      error: 'none, or { atMost: 0.1% }',
    })
    .describe(words)

const program = z.string().describe('Runs of an attached program, counted while probing.')

export const proofSchema = z.union(
  [
    z.strictObject({ counter: counted, equals: amount }),
    z.strictObject({ counter: counted, atLeast: amount }),
    z.strictObject({ counter: counted, atMost: amount }),
    z.strictObject({ program, equals: amount }),
    z.strictObject({ program, atLeast: amount }),
    z.strictObject({ program, atMost: amount }),
    z.strictObject({
      flows: z
        .enum(['sticky', 'balanced'])
        .describe(
          'sticky: every packet of a flow comes to the same server. balanced: as many flows on each server as chance allows.',
        ),
    }),
    z.strictObject({
      lost: bounded('Packets and HTTP requests that never arrive, in each kind of trial.'),
    }),
    z.strictObject({
      order: z.literal('kept').describe('No packet arrives after a later one of its flow.'),
    }),
    z.strictObject({
      reordered: bounded('Packets that arrive after a later one of their flow, in each kind of trial.'),
    }),
    z.strictObject({
      duplicates: bounded('Arrivals of what had arrived before, in each kind of trial.'),
    }),
  ],
  {
    error:
      'one subject and what is said of it: a counter or a program with "equals", "atLeast" or "atMost"; "flows: sticky" or "flows: balanced"; "order: kept"; "lost", "reordered" or "duplicates" with none or { atMost: 0.1% }',
  },
)

export type ProofRule = z.infer<typeof proofSchema>

/** A rule that sets a counter, or the runs of a program, against an amount. */
export type AmountRule = Extract<ProofRule, { counter: string } | { program: string }>

export type Relation = 'equals' | 'atLeast' | 'atMost'

/** What a rule sets its subject against, and how. */
export function relationOf(rule: AmountRule): { relation: Relation; amount: string } {
  if ('equals' in rule) return { relation: 'equals', amount: rule.equals }
  if ('atLeast' in rule) return { relation: 'atLeast', amount: rule.atLeast }
  return { relation: 'atMost', amount: rule.atMost }
}
