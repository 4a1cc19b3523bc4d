/** A rule of proof that pathbench does not have, `corrupted: none`, as one adds it: a file, and its name in the list. */
import type { Change } from './project-with.ts'

const text = `/** \`corrupted\`: how much may arrive with other content than was sent. */
import { z } from 'zod'
import { bound, boundWords, judgesOf } from './bound.ts'
import { proofKind } from './proof.ts'

export const corrupted = proofKind({
  key: 'corrupted',
  words: { subject: '"corrupted"', relation: boundWords },
  forms: [z.strictObject({ corrupted: bound('What arrives with other content than was sent.') })],
  claim: ({ corrupted: most }) => ({
    words: most === 'none' ? 'nothing arrives spoilt' : \`at most \${most.atMost} of packets arrive spoilt\`,
    judges: judgesOf({ count: 'corrupted', words: 'that came spoilt' }, most),
  }),
})
`

const list = 'src/parts/proofs/proofs.ts'

/** What has to be changed for it. */
export const corruptedRule: readonly Change[] = [
  { file: 'src/parts/proofs/corrupted.ts', text },
  { file: list, before: "from './counter.ts'", lines: ["import { corrupted } from './corrupted.ts'"] },
  { file: list, before: '] as const', lines: ['  corrupted,'] },
]
