/** Gates as if they stood in a file. */
import { parseGate } from '../../src/gates/parse-gate.ts'
import type { Gate } from '../../src/gates/rule.ts'

/** A gate in the first line of a file. */
export const gateOf = (text: string): Gate => ({
  text,
  source: { file: 'bench.gates.yaml', line: 2, column: 5 },
  ...parseGate(text),
})
