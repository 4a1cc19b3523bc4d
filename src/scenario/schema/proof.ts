/** Rules of proof: what the kernel's counters and the load's own counts must show. */
import { z } from 'zod'

/** A counter of the kernel, as rules of proof name it. */
const counterWords = 'NAMESPACE/Ip.ForwDatagrams, NAMESPACE/DEVICE.rxPackets and the like'
const sum = (words: string) =>
  z
    .union([z.literal(0), z.string().min(1, words)], { error: words })
    .transform(String)
    .describe(words)
const counted = sum(`Counters of /proc/net/snmp and /proc/net/dev, summed with " + ": ${counterWords}.`)
const amount = sum(
  `0, requests, replies, or a counter (${counterWords}); or several of these, summed with " + ".`,
)

export const proofSchema = z.union(
  [
    z.strictObject({ counter: counted, equals: amount }),
    z.strictObject({ counter: counted, atLeast: amount }),
    z.strictObject({
      program: z.string().describe('Runs of an attached program, counted while probing.'),
      atLeast: amount,
    }),
    z.strictObject({
      flows: z
        .enum(['sticky', 'balanced'])
        .describe(
          'sticky: every packet of a flow comes to the same server. balanced: as many flows on each server as chance allows.',
        ),
    }),
    z.strictObject({
      lost: z.literal('none').describe('Every packet and HTTP request that was sent arrives.'),
    }),
  ],
  {
    error:
      'a counter with "equals" or "atLeast", a program with "atLeast", "flows: sticky", "flows: balanced", or "lost: none"',
  },
)

export type ProofRule = z.infer<typeof proofSchema>
