/** The trace that a run ends with, where it was asked for. */
import { BenchError } from '../host/errors.ts'
import type { RunRecord } from '../record/record.ts'
import type { Trace } from '../record/trace.ts'
import type { RecordInput } from './record.ts'
import { reasonOf } from './broken-reason.ts'
import type { RunState, RunTools } from './run-state.ts'
import { traceIn } from './trace-in.ts'
import { traceOf, usualTrace } from './trace-record.ts'
import { usualKind } from './traced-loads.ts'

/** What came of it: a run that was measured is none the worse where it cannot be traced. */
export interface Traced {
  readonly trace?: Trace
  readonly failure?: BenchError
}

/** Follows packets over those paths of a run that delivered. */
export async function traceAfter(
  { run }: RecordInput,
  { leftOut }: Pick<RunState, 'leftOut'>,
  tools: Pick<RunTools, 'sandbox' | 'generator' | 'stopwatch' | 'progress'>,
): Promise<Traced> {
  const { scenario, objects, placement, plan } = run
  const paths = run.paths.filter(({ name }) => !leftOut.has(name))
  if (paths.length === 0) return {}
  tools.stopwatch.enter('trace')
  tools.progress.phase('trace')
  const payloadBytes = plan.load.find((trial) => trial.kind === 'pingpong')?.payloadBytes ?? 64
  const order = { ...usualTrace, load: usualKind(scenario.load), payloadBytes }
  try {
    return { trace: traceOf(await traceIn(tools, { scenario, paths, objects, placement }, order), order) }
  } catch (error) {
    if (!(error instanceof BenchError)) throw error
    return { failure: error }
  }
}

export const withTrace = (record: RunRecord, { trace, failure }: Traced): RunRecord => ({
  ...record,
  ...(trace === undefined ? {} : { trace }),
  ...(failure === undefined
    ? {}
    : { warnings: [...record.warnings, { code: 'not-traced', message: reasonOf(failure) }] }),
})
