/** The gates of a run as the formats that judge show them. */
import { resolve } from 'node:path'
import { readRunOrBaseline } from '../../keep/read-run-or-baseline.ts'
import type { Check } from '../../export/checks.ts'
import { gateChecks } from '../../export/gate-checks.ts'
import { inRepository } from '../../export/scenario-file.ts'
import { defaultRegression, gatesForRun, isOfScenario } from '../../gates/gates-for-run.ts'
import { defaultGatesFile } from '../../gates/read-gates.ts'
import { referenceFor } from '../../gates/reference.ts'
import type { RunRecord } from '../../record/record.ts'

export interface GateFlags {
  readonly gates?: string
  readonly baseline?: string
  readonly results: string
  readonly baselines: string
}

/**
 * The gates of the scenario as the run read it and those of the file, judged; none where there are none.
 *
 * @param repository its top folder, from which the file of gates is named
 * @throws BenchError `usage` where a gate is wrong, or the other run cannot be compared with
 */
export function judgedGates(record: RunRecord, flags: GateFlags, repository: string): Check[] {
  const gates = gatesForRun(record, flags.gates, flags.baseline !== undefined)
  const file = flags.gates ?? defaultGatesFile
  const other =
    flags.baseline === undefined ? undefined : readRunOrBaseline(flags, flags.baseline, record.scenario)
  return gateChecks(
    gates.map((gate) => ({
      gate,
      file:
        isOfScenario(gate, record) || gate === defaultRegression
          ? undefined
          : (inRepository(resolve(file), repository) ?? file),
    })),
    record,
    referenceFor(record, other, false),
  )
}
