/** A session in which paths are offered packets at given rates: a search for what they take, or a soak. */
import { asBenchError, BenchError } from '../host/errors.ts'
import { requireTools } from '../host/tools.ts'
import type { LoadTrial } from '../parts/loads/loads.ts'
import type { RunRecord, RunRequest } from '../record/record.ts'
import type { Search } from '../record/search.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { toolsOf } from '../scenario/tools.ts'
import type { IsWorthwhile } from '../scenario/worthwhile.ts'
import { defaultMargin } from './settings.ts'
import { alone } from './exclusive.ts'
import { givingBack, openLab, type Undo } from './lab.ts'
import { placementOf } from './placement.ts'
import { prepareRun, readyScenario } from './prepare-run.ts'
import type { Progress } from './progress.ts'
import { pathRecords, type RecordInput } from './record.ts'
import type { MeasureUp } from './round-context.ts'
import { Run } from './run.ts'
import { Stopwatch } from './stopwatch.ts'

/** What is measured, and how, beside the rates. */
export interface RateSessionInput {
  readonly scenario: Scenario
  readonly asked: Pick<RunRequest, 'scenario' | 'changes'>
  readonly payloadBytes?: number
  readonly receiver: 'spinning' | 'blocking'
  readonly cpus?: string
  readonly seed: number
  readonly maxTimeS: number
  readonly mayWait: boolean
  readonly resultsFolder: string
  readonly progress: Progress
  readonly signal: AbortSignal
}

/** What all records of such a session begin with. */
export type AtRates = Pick<
  Search,
  | 'scenario'
  | 'title'
  | 'scenarioSource'
  | 'request'
  | 'seed'
  | 'startedAt'
  | 'finishedAt'
  | 'payloadBytes'
  | 'flows'
  | 'receiver'
  | 'environment'
  | 'warnings'
  | 'paths'
>

/** A session under way. */
export interface RateSession {
  /** What it is, and when it began: unlike all others. */
  readonly id: string
  readonly startedAt: Date
  /** What is known so far. */
  readonly recordNow: () => AtRates
}

export interface RateSessionEnd {
  /** What went wrong, beside a path of its own. */
  readonly failure?: BenchError
}

/** What is measured in such a session. */
interface Live<Kept> {
  readonly measure: MeasureUp
  /** All that is known so far. */
  readonly record: () => Kept
}

/**
 * Builds the paths once, has them measured, proves which way packets went, and takes all down.
 *
 * @param kind what its id begins with
 * @param begin gets the session, once it can be measured, and says what is measured
 * @throws BenchError if it could not begin
 */
export async function measureAtRates<Kept>(
  input: RateSessionInput,
  kind: 'search' | 'soak',
  begin: (session: RateSession) => Live<Kept>,
  afterwards: (kept: Kept, end: RateSessionEnd) => Promise<void>,
): Promise<void> {
  const scenario = atRates(input.scenario, input.payloadBytes)
  const { receiver, cpus, seed, mayWait, progress, signal, maxTimeS } = input
  const options = { ...{ quick: false, margin: defaultMargin, receiver, rounds: 1, maxTimeS, seed } }
  const { payloadBytes } = input
  const said = payloadBytes === undefined ? options : { ...options, payloadBytes }
  placementOf(said, cpus)
  requireTools(toolsOf(scenario))
  const measureAlone = async (undo: Undo) => {
    const startedAt = new Date()
    const ready = await readyScenario(scenario)
    const lab = await openLab([scenario], undo)
    const order = {
      ...{ scenario, options: said, asked: { command: 'run' as const, ...input.asked } },
      isWorthwhile: isAnyLeft,
      ...(cpus === undefined ? {} : { cpus }),
    }
    const recordInput = prepareRun(order, ready, lab, startedAt)
    const stopwatch = new Stopwatch()
    const unused = { besideFirstBuild: () => Promise.resolve(), keep: () => undefined }
    const tools = { ...lab, ...unused, progress, stopwatch, signal }
    const recordNow = () => recordOf(input, recordInput, run)
    const live = begin({ id: `${kind}-${recordInput.runId}`, startedAt, recordNow })
    const run: Run = new Run(recordInput.run, tools, undefined, live.measure, isAnyLeft)
    const failure = await run.measure().then(() => undefined, asBenchError)
    const hasFailed = failure !== undefined && !signal.aborted
    await afterwards(live.record(), hasFailed ? { failure } : {})
  }
  const waiting = { name: scenario.name, mayWait, warn: progress.warning, signal }
  await alone(waiting, () => givingBack(measureAlone))
}

/** What a path takes is known of it by itself. */
const isAnyLeft: IsWorthwhile = (_all, remaining) => remaining.length > 0

function recordOf({ asked, cpus, seed }: RateSessionInput, input: RecordInput, run: Run): AtRates {
  const { scenario, placement, plan } = input.run
  const [paced] = plan.load
  return {
    ...{ scenario: scenario.name, title: scenario.title, scenarioSource: scenario.source, seed },
    request: { ...asked, ...(cpus === undefined ? {} : { cpus }) },
    startedAt: input.startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    payloadBytes: paced?.kind === 'paced' ? paced.payloadBytes : 0,
    flows: scenario.client.flows,
    receiver: placement.receiver,
    environment: input.environment,
    warnings: input.warnings,
    paths: pathRecords(input, run.state).map(measuredPath),
  }
}

function measuredPath(path: RunRecord['paths'][number]): AtRates['paths'][number] {
  const { name, role, title, status, reason, proof, delivery, diagnosis } = path
  return {
    ...{ name, role, title, status, proof },
    ...(reason === undefined ? {} : { reason }),
    ...(delivery === undefined ? {} : { delivery }),
    ...(diagnosis === undefined ? {} : { diagnosis }),
  }
}

/**
 * The scenario with one paced trial as its load, whose packets may get lost: how many do is what is measured. What else may
 * befall them is a fault as always.
 */
function atRates(scenario: Scenario, payloadBytes: number | undefined): Scenario {
  const udp = scenario.load.filter(
    (trial): trial is Extract<LoadTrial, { payloadBytes: number }> => 'payloadBytes' in trial,
  )
  const [first] = udp
  if (first === undefined && payloadBytes === undefined)
    throw new BenchError(`Could not offer packets at a rate: ${scenario.name} sends no UDP`, {
      trouble: 'usage',
      hint: 'give it a load of UDP packets, or say how large they are with --payload',
    })
  const paced = udp.find(({ kind }) => kind === 'paced') ?? first
  const load = {
    ...{ kind: 'paced' as const, packets: 250, ratePps: 1000 },
    payloadBytes: payloadBytes ?? paced?.payloadBytes ?? 64,
  }
  return {
    ...scenario,
    load: [load],
    paths: scenario.paths.map((path) => ({ ...path, allows: { ...path.allows, lossRatio: 1 } })),
  }
}
