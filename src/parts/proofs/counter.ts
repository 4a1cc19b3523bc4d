/** `counter`: what the kernel counted in a round, set against an amount. */
import {
  amountForms,
  amountText,
  amountWords,
  counterWords,
  judgeAmount,
  rangeOf,
  relationOf,
  sum,
  transportOf,
} from './amount.ts'
import { checkAmount, checkCounters } from './check-sum.ts'
import { proofKind } from './proof.ts'

export const counter = proofKind({
  key: 'counter',
  words: { subject: 'a counter', relation: amountWords },
  forms: amountForms({
    counter: sum(
      `Counters, summed with " + ": ${counterWords}. Of /proc/net/snmp, netstat and snmp6 (TcpExt.ListenDrops, Ip6.InReceives), of /proc/net/dev (DEVICE.rxDropped), of drivers (DEVICE.ethtool.NAME), of nftables (nft.NAME), and in maps (map.NAME(KEY).FIELD).`,
    ),
  }),
  claim: (rule) => {
    const { counter: subject } = rule
    const { relation, amount } = relationOf(rule)
    const isNone = relation === 'equals' && amount === '0'
    return {
      words: isNone ? `${subject} stays as it is` : `${subject} grows${amountText(rule)}`,
      sums: [
        { key: 'counter', text: subject },
        { key: relation, text: amount },
      ],
      check: (path) => [...checkCounters(subject, 'counter', path), ...checkAmount(amount, relation, path)],
      judges: {
        round: (seen) => {
          // A counter is exact: least and most are one.
          const { least: observed, problem } = rangeOf(subject, seen)
          return [
            judgeAmount({ what: subject, observed, problem, protocol: transportOf(subject) }, rule, seen),
          ]
        },
      },
    }
  },
})
