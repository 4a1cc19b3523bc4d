/** A trace by itself: a sandbox is opened for it, and given back. */
import { allOf } from '../host/all-of.ts'
import { requireTools } from '../host/tools.ts'
import { requireHere } from '../scenario/require-here.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { toolsOf } from '../scenario/tools.ts'
import { alone, type Waiting } from './exclusive.ts'
import { givingBack, openLab, type Undo } from './lab.ts'
import { placementOf } from './placement.ts'
import { prepareScenario } from './prepare-scenario.ts'
import { splitPaths } from './record.ts'
import { type BuiltTraces, traceIn, type TraceInOrder } from './trace-in.ts'

export interface TraceSessionInput extends TraceInOrder {
  readonly scenario: Scenario
  readonly waiting: Waiting
  readonly cpus?: string
}

export interface SessionTraces extends BuiltTraces {
  readonly kernel: string
}

/** @throws BenchError where the machine cannot, or no path could be brought up */
export async function traceScenario(input: TraceSessionInput): Promise<SessionTraces> {
  requireHere(input.scenario, 'trace packets')
  requireTools(toolsOf(input.scenario))
  return await alone(input.waiting, () => givingBack((undo) => traceAlone(input, undo)))
}

async function traceAlone(input: TraceSessionInput, undo: Undo): Promise<SessionTraces> {
  const { scenario } = input
  const placement = placementOf({ receiver: 'spinning' }, input.cpus)
  const [objects, lab] = await allOf([prepareScenario(scenario), openLab([scenario], undo)])
  const { paths, skipped } = splitPaths(scenario, lab.unmetOf)
  const traces = await traceIn(lab, { scenario, paths, objects, placement }, input)
  return { ...traces, leftOut: new Map([...skipped, ...traces.leftOut]), kernel: lab.environment.kernel }
}
