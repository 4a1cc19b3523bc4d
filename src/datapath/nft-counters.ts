/** Counters of nftables: those with a name, and those of rules that have a comment. Pure. */
import { z } from 'zod'
import { parseAnswer } from '../host/tool.ts'

const counted = z.object({ packets: z.number(), bytes: z.number() })
const rulesetSchema = z.object({
  nftables: z.array(
    z.looseObject({
      counter: counted.extend({ name: z.string() }).optional(),
      rule: z
        .looseObject({ comment: z.string().optional(), expr: z.array(z.looseObject({})).default([]) })
        .optional(),
    }),
  ),
})

/**
 * Packets and bytes by name, in what `nft -j list ruleset` writes. Of one name in several tables: the sum.
 *
 * @throws BenchError `machine` if that is something else
 */
export function parseNftCounters(json: string): Map<string, number> {
  const counters = new Map<string, number>()
  const add = (name: string, { packets, bytes }: z.infer<typeof counted>) => {
    counters.set(`nft.${name}`, (counters.get(`nft.${name}`) ?? 0) + packets)
    counters.set(`nft.${name}.bytes`, (counters.get(`nft.${name}.bytes`) ?? 0) + bytes)
  }
  const { nftables } = parseAnswer(json, 'nft', 'read the counters of nftables', rulesetSchema)
  for (const { counter, rule } of nftables) {
    if (counter !== undefined) add(counter.name, counter)
    if (rule?.comment === undefined) continue
    for (const expression of rule.expr) {
      // A rule that refers to a named counter has its name here, and is no counter of its own.
      const own = counted.safeParse(expression.counter)
      if (own.success) add(rule.comment, own.data)
    }
  }
  return counters
}
