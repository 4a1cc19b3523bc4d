/** A rule of proof that pathbench does not have, `imaginedSpoilt: none`, as one adds it: a file, and its name in the list. */
import type { Change } from './project-with.ts'

const text = `/** \`imaginedSpoilt\`: how much may arrive with other content than was sent. */
import { z } from 'zod'
import { bound, boundWords, judgesOf } from './bound.ts'
import { proofKind } from './proof.ts'

export const imaginedSpoilt = proofKind({
  key: 'imaginedSpoilt',
  words: { subject: '"imaginedSpoilt"', relation: boundWords },
  forms: [z.strictObject({ imaginedSpoilt: bound('What arrives with other content than was sent.') })],
  claim: ({ imaginedSpoilt: most }) => ({
    words: most === 'none' ? 'nothing arrives spoilt' : \`at most \${most.atMost} of packets arrive spoilt\`,
    judges: judgesOf({ count: 'corrupted', words: 'that came spoilt' }, most),
  }),
})
`

const list = 'src/parts/proofs/proofs.ts'

/** What has to be changed for it. */
export const imaginedRule: readonly Change[] = [
  { file: 'src/parts/proofs/imagined-spoilt.ts', text },
  {
    file: list,
    before: "from './counter.ts'",
    lines: ["import { imaginedSpoilt } from './imagined-spoilt.ts'"],
  },
  { file: list, before: '] as const', lines: ['  imaginedSpoilt,'] },
]
