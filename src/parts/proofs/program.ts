/** `program`: how often a program of the path ran while the path was probed, set against an amount. */
import { runCounts } from '../needs/run-counts.ts'
import { z } from 'zod'
import { didYouMean } from '../../host/nearest.ts'
import { amountForms, amountText, amountWords, judgeAmount, relationOf } from './amount.ts'
import { checkAmount } from './check-sum.ts'
import { proofKind } from './proof.ts'

export const program = proofKind({
  key: 'program',
  words: { subject: 'a program', relation: amountWords },
  forms: amountForms({
    program: z
      .string()
      .describe(
        'Runs of an attached program, counted while the path is probed, before and after a round’s trials.',
      ),
  }),
  claim: (rule) => {
    const { program: name } = rule
    const { relation, amount } = relationOf(rule)
    return {
      words: `runs of ${name} grow${amountText(rule)}`,
      needs: [runCounts],
      sums: [{ key: relation, text: amount }],
      check: (path) => {
        const known = [...new Set(path.programs.map((one) => one.program))]
        const message = `no program "${name}" on this path${didYouMean(name, known)}`
        return [
          ...(known.includes(name) ? [] : [{ key: 'program', message }]),
          ...checkAmount(amount, relation, path),
        ]
      },
      judges: {
        probe: ({ traffic, runs }) => {
          const subject = { what: `runs of ${name} while probing`, observed: runs.get(name) ?? 0 }
          return [judgeAmount(subject, rule, { traffic, counters: new Map() })]
        },
      },
    }
  },
})
