/** States that a run may have come to. */
import type { RunState } from '../../src/run/run.ts'
import { ProofLog } from '../../src/run/proof-log.ts'
import { Samples } from '../../src/run/samples.ts'
import { Stopwatch } from '../../src/run/stopwatch.ts'

export const stateWith = (changes: Partial<RunState> = {}): RunState => ({
  samples: new Samples(),
  proofs: new ProofLog(),
  stopwatch: new Stopwatch(),
  dead: new Map(),
  rounds: 4,
  roundsDone: 4,
  stopped: 'no',
  ...changes,
})
