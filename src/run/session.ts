/** A whole run: everything acquired in order, and given back in reverse, whatever happens. */
import { allOf } from '../host/all-of.ts'
import { traceAfter, withTrace } from './trace-after.ts'
import { asBenchError, BenchError, bothOf, nothingMeasured, tellingFirst } from '../host/errors.ts'
import { requireTools } from '../host/tools.ts'
import { writeRecord, writeRun } from '../keep/store.ts'
import type { RunRecord } from '../record/record.ts'
import { toolsOf } from '../scenario/tools.ts'
import { analyse, analyseRoughly } from './analysis.ts'
import { alone } from './exclusive.ts'
import { givingBack, type Lab, openLab, type Undo } from './lab.ts'
import { openMachineLab } from './machine-lab.ts'
import { nothingConcluded, nothingToCompare } from './nothing-concluded.ts'
import { placementOf } from './placement.ts'
import { prepareRun, readyScenario, type RunOrder } from './prepare-run.ts'
import type { Progress } from './progress.ts'
import { type RecordInput, recordOf } from './record.ts'
import { Run } from './run.ts'
import type { RunState } from './run-state.ts'
import { Stopwatch } from './stopwatch.ts'

export interface SessionInput extends RunOrder {
  /** Whether to wait for other runs to end. */
  readonly mayWait: boolean
  readonly resultsFolder: string
  readonly progress: Progress
  readonly signal: AbortSignal
  /** Whether packets are followed once all is measured. */
  readonly isTraced?: boolean
  /** Loads what `afterwards` is going to need. */
  readonly besideFirstBuild: () => Promise<unknown>
  /** What is to be done with the result while nothing else loads the machine. */
  readonly afterwards: (result: SessionResult) => Promise<void>
}

export interface SessionResult {
  readonly record: RunRecord
  /** Where it is kept; undefined where it could not be. */
  readonly folder?: string
  /** What failed after it had measured: it ended the run early, or what was measured could not be kept. */
  readonly failure?: BenchError
}

/** What is called where paths are on other kernels. */
const machineTools = ['qemu-system-x86_64', 'taskset'] as const

/** All that a run stands on, once the machine is known to be able. */
interface Prepared extends Pick<Lab, 'sandbox' | 'generator'> {
  readonly recordInput: RecordInput
}

/**
 * Measures a scenario and keeps the result, round by round.
 *
 * @throws BenchError if it could not begin, or failed or was interrupted before anything was measured.
 */
export async function measureScenario(input: SessionInput): Promise<SessionResult> {
  const { scenario, mayWait, progress, signal } = input
  requireTools([...toolsOf(scenario), ...(input.kernels === undefined ? [] : machineTools)])
  return await alone({ name: scenario.name, mayWait, warn: progress.warning, signal }, async () => {
    const result = await measureAlone(input)
    await tellingFirst(result.failure, input.afterwards(result))
    return result
  })
}

async function measureAlone(input: SessionInput): Promise<SessionResult> {
  const stopwatch = new Stopwatch()
  return await givingBack(async (undo) => {
    const prepared = await prepare(input, undo).catch((error: unknown) => {
      throw asInterruption(error, input.signal)
    })
    return await measure(input, prepared, stopwatch)
  })
}

/**
 * A Ctrl-C is for pathbench alone, and yet reaches a tool that has just been started and has no session
 * of its own so far: then the tool's failure is none.
 */
const asInterruption = (error: unknown, { aborted: isAborted }: AbortSignal): unknown =>
  isAborted && error instanceof BenchError && error.trouble !== 'interrupted' ? nothingMeasured(error) : error

async function prepare(input: SessionInput, undo: Undo): Promise<Prepared> {
  const startedAt = new Date()
  // Before anything is opened: it may be that they cannot serve.
  const { senderCpu, receiverCpu } = placementOf(input.options, input.cpus)
  const { scenario, kernels = [] } = input
  // First, as it takes longest.
  const here = kernels.length === 0 ? openLab([scenario], undo) : undefined
  const building = readyScenario(scenario)
  const opening =
    here ??
    // A machine is made with the programs in it.
    building.then(({ objects }) =>
      openMachineLab(scenario, kernels, objects, [...new Set([senderCpu, receiverCpu])], undo),
    )
  const [ready, lab] = await allOf([building, opening])
  return { ...lab, recordInput: prepareRun(input, ready, lab, startedAt) }
}

async function measure(
  { resultsFolder, progress, signal, besideFirstBuild, isTraced }: SessionInput,
  { sandbox, generator, recordInput }: Prepared,
  stopwatch: Stopwatch,
): Promise<SessionResult> {
  const keep = (state: RunState) => {
    if (!hasMeasured(state)) return
    const record = recordOf(recordInput, state, analyseRoughly, false)
    writeRecord(resultsFolder, record)
    progress.estimates(record.comparisons)
  }
  const tools = { sandbox, generator, progress, stopwatch, signal, besideFirstBuild, keep }
  const run = new Run(recordInput.run, tools)
  const ended = await run
    .measure()
    .then(() => nothingToCompare(recordInput.run.paths, run.state), asBenchError)
  const failure = signal.aborted ? undefined : ended
  const traced =
    isTraced === true && ended === undefined ? await traceAfter(recordInput, run.state, tools) : {}
  stopwatch.enter('analysis')
  progress.phase('analysis')
  if (!hasMeasured(run.state) && run.state.stopped !== 'nothing-left') {
    if (signal.aborted) throw nothingMeasured(ended)
    if (failure !== undefined) throw failure
    throw new BenchError('Could not measure anything: time ran out before the first block', {
      trouble: 'failed',
      hint: 'give the run more with --max-time',
    })
  }
  const isComplete = ended === undefined && run.state.roundsDone === run.state.rounds
  const record = withTrace(recordOf(recordInput, run.state, analyse, isComplete), traced)
  progress.estimates(record.comparisons)
  const { folder, refusal } = keepWhole(resultsFolder, record)
  // That nothing is kept is told first.
  const trouble = bothOf(refusal, failure) ?? (signal.aborted ? undefined : nothingConcluded(record))
  return {
    record,
    ...(folder === undefined ? {} : { folder }),
    ...(trouble === undefined ? {} : { failure: trouble }),
  }
}

/** Keeps a record. Where the disk is full it is shown all the same: what was measured is not lost on who waited for it. */
function keepWhole(results: string, record: RunRecord): { folder?: string; refusal?: BenchError } {
  try {
    return { folder: writeRun(results, record) }
  } catch (error) {
    return { refusal: asBenchError(error) }
  }
}

const hasMeasured = ({ samples }: RunState): boolean => samples.blocks.some(({ warmup }) => !warmup)
