/** A whole run: everything acquired in order, and given back in reverse, whatever happens. */
import { randomInt } from 'node:crypto'
import { requireCounters } from '../datapath/kernel-counters.ts'
import { compilerWarnings } from '../datapath/build-objects.ts'
import { unmetNeeds } from '../datapath/probe-kernel.ts'
import { captureEnvironment } from '../host/environment.ts'
import { asBenchError, BenchError } from '../host/errors.ts'
import { requireTools } from '../host/tools.ts'
import { type Generator, startGenerator } from '../load/generator.ts'
import type { RunRecord, RunRequest } from '../record/record.ts'
import { makeFolder, writeRecord, writeRun } from '../keep/store.ts'
import { needsOf } from '../scenario/needs.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { toolsOf } from '../scenario/tools.ts'
import { openSandbox, type Sandbox } from '../topology/sandbox.ts'
import { analyse, analyseRoughly } from './analysis.ts'
import { waitForLock } from './exclusive.ts'
import { nothingConcluded, nothingToCompare } from './nothing-concluded.ts'
import { placementOf, setupWarnings } from './placement.ts'
import { prepareScenario } from './prepare-scenario.ts'
import type { Progress } from './progress.ts'
import { makeRunId, type RecordInput, recordOf, splitPaths } from './record.ts'
import { Run } from './run.ts'
import type { RunState } from './run-state.ts'
import { planRun, type RunOptions, unusedOptions } from './settings.ts'
import { readSubject } from './subject.ts'
import { Stopwatch } from './stopwatch.ts'

export interface SessionInput {
  readonly scenario: Scenario
  /** The command, as it was given up to its options. */
  readonly asked: Pick<RunRequest, 'command' | 'scenario' | 'changes' | 'versions'>
  readonly options: RunOptions & { readonly seed: number }
  /** As --cpus has it. */
  readonly cpus?: string
  /** Whether to wait for other runs to end. */
  readonly mayWait: boolean
  readonly resultsFolder: string
  readonly progress: Progress
  readonly signal: AbortSignal
  /** Loads what `afterwards` is going to need. */
  readonly besideFirstBuild: () => Promise<unknown>
  /** What is to be done with the result while nothing else loads the machine. */
  readonly afterwards: (result: SessionResult) => Promise<void>
}

export interface SessionResult {
  readonly record: RunRecord
  /** Where it is kept. */
  readonly folder: string
  /** What ended the run early, if something failed after it had measured. */
  readonly failure?: BenchError
}

/** What is given back when a run ends, in the order in which it was acquired. */
type Undo = (() => Promise<void>)[]

/** All that a run stands on, once the machine is known to be able. */
interface Prepared {
  readonly sandbox: Sandbox
  readonly generator: Generator
  readonly recordInput: RecordInput
}

/**
 * Measures a scenario and keeps the result, round by round.
 *
 * @throws BenchError if it could not begin, or failed or was interrupted before anything was measured.
 */
export async function measureScenario(input: SessionInput): Promise<SessionResult> {
  const { scenario, mayWait, progress, signal } = input
  requireTools(toolsOf(scenario))
  makeFolder(input.resultsFolder)
  const lock = await waitForLock({ name: scenario.name, mayWait, warn: progress.warning, signal })
  try {
    const result = await measureAlone(input)
    await input.afterwards(result)
    return result
  } finally {
    await lock.release()
  }
}

async function measureAlone(input: SessionInput): Promise<SessionResult> {
  const undo: Undo = []
  const stopwatch = new Stopwatch()
  try {
    const prepared = await prepare(input, undo).catch((error: unknown) => {
      throw asInterruption(error, input.signal)
    })
    return await measure(input, prepared, stopwatch)
  } finally {
    for (const step of undo.toReversed()) await step().catch(() => undefined)
  }
}

const interrupted = (cause?: unknown): BenchError =>
  new BenchError('Interrupted before anything was measured', { trouble: 'interrupted', cause })

/**
 * A Ctrl-C is for pathbench alone, and yet reaches a tool that has just been started and has no session
 * of its own so far: then the tool's failure is none.
 */
const asInterruption = (error: unknown, { aborted: isAborted }: AbortSignal): unknown =>
  isAborted && error instanceof BenchError && error.trouble !== 'interrupted' ? interrupted(error) : error

async function prepare(input: SessionInput, undo: Undo): Promise<Prepared> {
  const { options, scenario } = input
  const placement = placementOf(options, input.cpus)
  const startedAt = new Date()
  const opening = openSandbox().then(async (sandbox) => {
    undo.push(sandbox.close)
    return { sandbox, unmet: await unmetNeeds(sandbox, scenario.paths.flatMap(needsOf)) }
  })
  const works = [
    prepareScenario(scenario),
    opening,
    captureEnvironment(toolsOf(scenario)),
    readSubject(scenario),
  ] as const
  // Of several that fail, the first is told; what is open by then is closed.
  await Promise.allSettled(works)
  const [objects, { sandbox, unmet }, environment, subject] = await Promise.all(works)
  const { paths, skipped } = splitPaths(scenario, unmet)
  requireComparison(scenario, paths, skipped)
  requireCounters(scenario, paths)
  const generator = await startGenerator(sandbox)
  undo.push(generator.stop)
  const recordInput = {
    run: { scenario, paths, objects, plan: planRun(scenario, options), placement, seed: options.seed },
    runId: makeRunId(startedAt, randomInt(2 ** 32)),
    startedAt,
    environment: { ...environment, tools: { ...environment.tools, udpgen: generator.version } },
    subject,
    request: requestOf(input),
    floodPauseNs: generator.floodPauseNs,
    skipped,
    warnings: [
      ...compilerWarnings(objects),
      ...setupWarnings(placement, generator.isMemoryLocked),
      ...unusedOptions(options, scenario.load).map((message) => ({ code: 'unused-option', message })),
    ],
  }
  return { sandbox, generator, recordInput }
}

async function measure(
  { resultsFolder, progress, signal, besideFirstBuild }: SessionInput,
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
  const ended = await run.measure().then(() => nothingToCompare(run.state), asBenchError)
  const failure = signal.aborted ? undefined : ended
  stopwatch.enter('analysis')
  progress.phase('analysis')
  if (!hasMeasured(run.state) && run.state.stopped !== 'nothing-left') {
    if (signal.aborted) throw interrupted(ended)
    if (failure !== undefined) throw failure
    throw new BenchError('Could not measure anything: time ran out before the first block', {
      trouble: 'failed',
      hint: 'give the run more with --max-time',
    })
  }
  const isComplete = ended === undefined && run.state.roundsDone === run.state.rounds
  const record = recordOf(recordInput, run.state, analyse, isComplete)
  progress.estimates(record.comparisons)
  const folder = writeRun(resultsFolder, record)
  const trouble = failure ?? (signal.aborted ? undefined : nothingConcluded(record))
  return { record, folder, ...(trouble === undefined ? {} : { failure: trouble }) }
}

const hasMeasured = ({ samples }: RunState): boolean => samples.blocks.some(({ warmup }) => !warmup)

function requireComparison(
  scenario: Scenario,
  paths: Scenario['paths'],
  skipped: ReadonlyMap<string, string>,
): void {
  const has = (role: string) => paths.some((path) => path.role === role)
  const wanted = scenario.paths.some(({ role }) => role === 'candidate') ? 'candidate' : 'control'
  if (has('baseline') && has(wanted)) return
  throw new BenchError(`Could not run ${scenario.name}: this kernel lacks what its paths need`, {
    trouble: 'machine',
    details: [...skipped].map(([name, reason]) => `${name}: ${reason}`).join('\n'),
    hint: '`bench doctor` says what is missing and how to get it',
  })
}

function requestOf({ asked, options, cpus }: SessionInput): RunRequest {
  const { seed: _seed, ...said } = options
  return { ...asked, options: said, ...(cpus === undefined ? {} : { cpus }) }
}
