/** From a scenario and what was asked to all that its record and its rounds begin with. */
import { allOf } from '../host/all-of.ts'
import { randomInt } from 'node:crypto'
import type { BpfObjects } from '../datapath/bpf-objects.ts'
import { compilerWarnings } from '../datapath/build-objects.ts'
import { requireCounters } from '../datapath/kernel-counters.ts'
import { BenchError } from '../host/errors.ts'
import type { RunRequest, Subject } from '../record/record.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { hasSomethingToCompare, type IsWorthwhile } from '../scenario/worthwhile.ts'
import type { Lab } from './lab.ts'
import { leftOutLines } from './left-out.ts'
import { inMachine, type LabelledKernel, machineWarnings } from './machine-conditions.ts'
import { pacedTcpWarnings } from './paced-tcp.ts'
import { placementOf, setupWarnings } from './placement.ts'
import { prepareScenario } from './prepare-scenario.ts'
import { makeRunId, type RecordInput, splitPaths } from './record.ts'
import { planRun, type RunOptions, unusedOptions } from './settings.ts'
import { readSubject } from './subject.ts'

/** A run as it was asked for. */
export interface RunOrder {
  readonly scenario: Scenario
  /** The command, as it was given up to its options. */
  readonly asked: Pick<RunRequest, 'command' | 'scenario' | 'changes' | 'versions' | 'kernels' | 'path'>
  readonly options: RunOptions & { readonly seed: number }
  /** As --cpus has it. */
  readonly cpus?: string
  /** Kernels to run on instead of this machine's, by what the scenario's paths call them. */
  readonly kernels?: readonly LabelledKernel[]
  /** Whether it is worth beginning without the paths that this kernel cannot build: where nothing is left to compare, by default not. */
  readonly isWorthwhile?: IsWorthwhile
}

/** What is known of a scenario once its programs are built. */
export interface ReadyScenario {
  readonly objects: BpfObjects
  readonly subject: Subject
}

/** Builds the programs of a scenario, and looks at all that it names. @throws ScenarioError, BenchError */
export async function readyScenario(scenario: Scenario): Promise<ReadyScenario> {
  const [objects, subject] = await allOf([prepareScenario(scenario), readSubject(scenario)])
  return { objects, subject }
}

/** @throws BenchError `machine` where this kernel lacks what there would be to compare, or the CPUs cannot serve */
export function prepareRun(
  order: RunOrder,
  { objects, subject }: ReadyScenario,
  { environment, generator, unmetOf, counterNames }: Lab,
  startedAt: Date,
): RecordInput {
  const { options, scenario, cpus } = order
  const here = placementOf(options, cpus)
  const placement = (order.kernels ?? []).length > 0 ? inMachine(here) : here
  const { paths, skipped } = splitPaths(scenario, unmetOf)
  requireWorthwhile(order, paths, skipped)
  requireCounters(scenario, paths, counterNames)
  return {
    run: {
      ...{ scenario, paths, objects, plan: planRun(scenario, options), placement, seed: options.seed },
      hostCpu: here.senderCpu,
    },
    runId: makeRunId(startedAt, randomInt(2 ** 32)),
    startedAt,
    environment,
    subject,
    request: requestOf(order),
    floodPauseNs: generator.floodPauseNs,
    skipped,
    warnings: [
      ...compilerWarnings(objects),
      ...machineWarnings(environment),
      ...pacedTcpWarnings(scenario, environment),
      ...setupWarnings(placement, generator.isMemoryLocked),
      ...unusedOptions(options, scenario.load).map((message) => ({ code: 'unused-option', message })),
    ],
  }
}

function requireWorthwhile(
  { scenario, isWorthwhile = hasSomethingToCompare }: RunOrder,
  paths: Scenario['paths'],
  skipped: ReadonlyMap<string, string>,
): void {
  if (isWorthwhile(scenario.paths, paths)) return
  throw new BenchError(`Could not run ${scenario.name}: this kernel lacks what its paths need`, {
    trouble: 'machine',
    details: leftOutLines(scenario.paths, skipped),
    hint: '`bench doctor` says what is missing and how to get it',
  })
}

function requestOf({ asked, options, cpus }: RunOrder): RunRequest {
  const { seed: _seed, ...said } = options
  return { ...asked, options: said, ...(cpus === undefined ? {} : { cpus }) }
}
