/** `flows`: which server the packets of a flow come to. */
import { z } from 'zod'
import { binomialBounds } from '../../stats/binomial.ts'
import { type CheckedRule, none } from './checked-rule.ts'
import { type Claim, proofKind, type ServerFlows } from './proof.ts'

const sticky: Claim = {
  words: 'every flow stays with its server',
  judges: {
    round: ({ traffic }) => [
      none("packets that came to another server than their flow's first", traffic.moved),
    ],
  },
}

const balanced: Claim = {
  words: 'every server gets its share of the flows',
  judges: { servers: judgeBalance },
}

/** How rarely flows that are dealt out evenly at random may fail `flows: balanced`. */
const balanceAlpha = 1e-6

/** Checks that every server got as many of a run's flows as an even share and chance allow. */
function judgeBalance(servers: readonly ServerFlows[]): CheckedRule[] {
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

export const flows = proofKind({
  key: 'flows',
  words: { subject: '"flows: sticky" or "flows: balanced"' },
  forms: [
    z.strictObject({
      flows: z
        .enum(['sticky', 'balanced'])
        .describe(
          'sticky: every packet of a flow comes to the same server. balanced: as many flows on each server as chance allows.',
        ),
    }),
  ],
  claim: (rule) => ({ sticky, balanced })[rule.flows],
})
