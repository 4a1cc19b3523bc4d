/** Puts a run's record together. Pure but for the clock. */
import { basename } from 'node:path'
import type { LoadedProgram } from '../datapath/loader.ts'
import type { BpfObjects } from '../datapath/bpf-objects.ts'
import { isEmulated } from '../record/emulated.ts'
import type { Environment, PathRecord, RunRecord, RunRequest, Subject } from '../record/record.ts'
import { schemaVersion } from '../record/record.ts'
import { engineObstacle } from '../scenario/engines.ts'
import { sinkObstacle } from '../scenario/sinks.ts'
import { needsOf } from '../scenario/needs.ts'
import { hookedPrograms, type Scenario, type ScenarioPath } from '../scenario/scenario.ts'
import { loadOf } from '../parts/loads/loads.ts'
import { trialIdentity } from '../parts/loads/trial-name.ts'
import type { Analysis, AnalysisInput } from './analysis.ts'
import type { UnmetOf } from './lab.ts'
import type { RunInput, RunState } from './run-state.ts'
import { brokenReason } from './broken-reason.ts'
import { builtTopology } from './built-topology.ts'
import { commandText } from './command-text.ts'
import { warningsOf } from './warnings.ts'

export interface RecordInput {
  readonly run: RunInput
  readonly runId: string
  readonly startedAt: Date
  readonly environment: Environment
  readonly subject: Subject
  readonly request: RunRequest
  /** The load generator's, ns. */
  readonly floodPauseNs: number
  /** Paths left out from the start, and why. */
  readonly skipped: ReadonlyMap<string, string>
  /** Warnings from before the first round. */
  readonly warnings: RunRecord['warnings']
}

/**
 * The record of a run as it stands.
 *
 * @param analyse how it is analysed: roughly while the run goes on
 * @param isComplete whether it went to its planned end
 */
export function recordOf(
  input: RecordInput,
  state: RunState,
  analyse: (input: AnalysisInput) => Analysis,
  isComplete: boolean,
): RunRecord {
  const { run, runId, startedAt, environment, request } = input
  const { scenario, plan, seed } = run
  const paths = pathRecords(input, state)
  const valid = new Set(paths.filter(({ status }) => status === 'measured').map(({ name }) => name))
  const { samples } = state
  const analysis = analyse({
    measured: samples,
    paths: run.paths
      .filter(({ name }) => valid.has(name))
      .map((path) => ({ ...path, repairs: state.deliveries.repairsOf(path.name) })),
    trials: plan.load,
    programCosts: state.programCosts,
    margin: plan.margin,
    seed,
    isEmulated: isEmulated(environment),
  })
  return {
    schemaVersion,
    runId,
    scenario: scenario.name,
    title: scenario.title,
    scenarioSource: scenario.source,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    complete: isComplete,
    command: commandText(request, seed),
    request,
    seed,
    settings: settingsOf(input, state),
    subject:
      scenario.versions === undefined ? input.subject : { ...input.subject, versions: scenario.versions },
    environment,
    phasesNs: state.stopwatch.spentNs(),
    paths,
    ...analysis,
    warnings: [...input.warnings, ...warningsOf({ paths, analysis, state, isComplete })],
    rounds: samples.rounds,
    blocks: samples.blocks,
    trials: samples.trials,
  }
}

/** What was measured, and how. */
function settingsOf({ run, floodPauseNs }: RecordInput, { roundsDone }: RunState): RunRecord['settings'] {
  const { scenario, plan, placement } = run
  const trials = plan.load.map((trial) => ({
    ...trialIdentity(trial),
    ...loadOf(trial.kind).settings(trial),
  }))
  return {
    ...(scenario.place === 'existing' ? { place: scenario.place } : {}),
    ...(scenario.family === 6 ? { family: scenario.family } : {}),
    quick: plan.quick,
    rounds: roundsDone,
    blocksPerRound: plan.blocksPerRound ?? null,
    roundTimeS: plan.roundTimeS,
    warmupBlocks: plan.warmupBlocks,
    precision: plan.precision,
    maxTimeS: plan.maxTimeS,
    margin: plan.margin,
    payloadBytes: trials.find(({ payloadBytes }) => payloadBytes !== undefined)?.payloadBytes ?? 0,
    ratePps: trials.find(({ ratePps }) => ratePps !== undefined)?.ratePps ?? 0,
    flows: scenario.client.flows,
    ...placement,
    ...(placement.receiver === 'spinning' ? { floodPauseNs } : {}),
    trials,
  }
}

/** What is known of each path. */
export const pathRecords = (
  { run, skipped }: Pick<RecordInput, 'run' | 'skipped'>,
  state: RunState,
): PathRecord[] =>
  run.scenario.paths.map((path) => pathRecord(path, run.objects, state, skipped.get(path.name)))

function pathRecord(
  path: ScenarioPath,
  objects: BpfObjects,
  state: RunState,
  skipReason: string | undefined,
): PathRecord {
  const servers = state.shares.serversOf(path)
  const delivery = state.deliveries.deliveryOf(path.name)
  const way = state.proofs.proofOf(path, servers, delivery)
  const whole = state.deliveries.judge(path, true)
  const invalidReason = state.leftOut.get(path.name) ?? brokenReason(whole, way)
  const { allows } = path
  const diagnosis = state.diagnoses.get(path.name) ?? []
  const tables = state.tables.get(path.name) ?? []
  const reason = skipReason ?? invalidReason
  const isSkipped = skipReason !== undefined || state.unfit.has(path.name)
  return {
    name: path.name,
    role: path.role,
    title: path.title,
    ...(path.kernel === undefined ? {} : { kernel: path.kernel }),
    status: isSkipped ? 'skipped' : invalidReason !== undefined ? 'invalid' : 'measured',
    ...(reason === undefined ? {} : { reason }),
    skips: [...path.skips],
    topology: builtTopology(path),
    programs: hookedPrograms(path).map((program, index) => ({
      ...(program.object === undefined ? {} : { object: basename(program.object) }),
      program: program.program,
      hook: program.hook,
      namespace: program.namespace,
      device: program.device,
      ...identityOf(program.object, objects, state.programs.get(path.name)?.[index]),
    })),
    way: [...path.way],
    ...(path.returnWay.length === 0 ? {} : { returnWay: [...path.returnWay] }),
    ...(servers.length < 2 ? {} : { servers }),
    crossings: state.shares.crossingsOf(path),
    proof: [...whole, ...way],
    delivery,
    ...(tables.length === 0 ? {} : { tables: [...tables] }),
    ...(diagnosis.length === 0 ? {} : { diagnosis: [...diagnosis] }),
    ...(Object.keys(allows).length === 0 ? {} : { allows }),
    distributions: state.samples.distributionsOf(path.name),
  }
}

/** What of a program tells its version, as far as it was built and loaded. */
function identityOf(
  file: string | undefined,
  objects: BpfObjects,
  loaded: LoadedProgram | undefined,
): Pick<PathRecord['programs'][number], 'tag' | 'objectSha256'> {
  const object = file === undefined ? undefined : objects.get(file)
  return {
    ...(loaded === undefined ? {} : { tag: loaded.tag }),
    ...(object?.state === 'ready' ? { objectSha256: object.sha256 } : {}),
  }
}

/**
 * A run's id: when it began, to the second, and a number of its own; sorts by time.
 *
 * @param distinction below 2³²; not the seed, as runs with the same may begin within a second
 */
export function makeRunId(startedAt: Date, distinction: number): string {
  const time = startedAt.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return `${time}-${distinction.toString(16).padStart(8, '0')}`
}

const lackOf = (need: string, reason: string | undefined): string[] =>
  reason === undefined ? [] : [`this kernel lacks ${need} (${reason})`]

/** The paths of a scenario whose needs the kernel meets and that its engine and sink can be used on, and why the others are left out. */
export function splitPaths(
  scenario: Scenario,
  unmetOf: UnmetOf,
): { paths: ScenarioPath[]; skipped: Map<string, string> } {
  const skipped = new Map<string, string>()
  const paths = scenario.paths.filter((path) => {
    const unfit = [engineObstacle(path, scenario), sinkObstacle(path, scenario)]
    const reasons = [
      ...needsOf(path).flatMap((need) => lackOf(need, unmetOf(path).get(need))),
      ...unfit.flatMap((reason) => reason ?? []),
    ]
    if (reasons.length > 0) skipped.set(path.name, reasons.join('; '))
    return reasons.length === 0
  })
  return { paths, skipped }
}
