/** States that a run may have come to. */
import { DeliveryLog } from '../../src/run/delivery-log.ts'
import type { RunState } from '../../src/run/run-state.ts'
import { ProofLog } from '../../src/run/proof-log.ts'
import { Samples } from '../../src/run/samples.ts'
import { ShareLog } from '../../src/run/share-log.ts'
import { Stopwatch } from '../../src/run/stopwatch.ts'

export const stateWith = (changes: Partial<RunState> = {}): RunState => ({
  samples: new Samples(),
  proofs: new ProofLog(),
  deliveries: new DeliveryLog([]),
  shares: new ShareLog('netns-1', false),
  programCosts: [],
  stopwatch: new Stopwatch(),
  leftOut: new Map(),
  unfit: new Set(),
  diagnoses: new Map(),
  contradictions: new Map(),
  busyAgents: [],
  tables: new Map(),
  programs: new Map(),
  rounds: 4,
  roundsDone: 4,
  stopped: 'no',
  ...changes,
})
