/** What all runs of a session stand on: the sandbox, the load generator, and what is known of the machine. */
import { allOf } from '../host/all-of.ts'
import { kernelCounterNames } from '../datapath/kernel-counters.ts'
import { unmetNeeds } from '../datapath/probe-kernel.ts'
import { captureEnvironment } from '../host/environment.ts'
import type { Generator } from '../load/generator.ts'
import { NotGivenBack } from '../remote/not-given-back.ts'
import type { Environment } from '../record/record.ts'
import { needsOf } from '../scenario/needs.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import { toolsOf } from '../scenario/tools.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import { openPlaces } from './places.ts'

/** What is given back when a session ends, in the order in which it was acquired. */
export type Undo = (() => Promise<void>)[]

/** Does something, and gives back what it acquires, whatever comes of it. @throws NotGivenBack where all else went well */
export async function givingBack<Result>(work: (undo: Undo) => Promise<Result>): Promise<Result> {
  const undo: Undo = []
  const lost: NotGivenBack[] = []
  let result: Result
  try {
    result = await work(undo)
  } finally {
    for (const step of undo.toReversed())
      await step().catch((error: unknown) => {
        if (error instanceof NotGivenBack) lost.push(error)
      })
  }
  const [first] = lost
  if (first !== undefined) throw first
  return result
}

/** Needs that the kernel of a path does not meet, by name, each with the reason. */
export type UnmetOf = (path: Pick<ScenarioPath, 'name'>) => ReadonlyMap<string, string>

export interface Lab {
  readonly sandbox: Sandbox
  readonly generator: Generator
  readonly environment: Environment
  /** Needs of a path that its kernel does not meet, and why. */
  readonly unmetOf: UnmetOf
  /** What every kernel counts of protocols. */
  readonly counterNames: readonly string[]
}

/**
 * @param scenarios all that are going to be run in it
 * @throws BenchError if the machine cannot
 */
export async function openLab(scenarios: readonly Scenario[], undo: Undo): Promise<Lab> {
  const [{ sandbox, generator, unmet, beside }, environment] = await allOf([
    openAndProbe(scenarios, undo),
    captureEnvironment([...new Set(scenarios.flatMap(toolsOf))]),
  ])
  return {
    sandbox,
    generator,
    environment: { ...environment, ...beside, tools: { ...environment.tools, udpgen: generator.version } },
    unmetOf: () => unmet,
    counterNames: kernelCounterNames(),
  }
}

async function openAndProbe(scenarios: readonly Scenario[], undo: Undo) {
  const { sandbox, startGenerator, beside } = await openPlaces(scenarios, undo)
  const paths = scenarios.flatMap((scenario) => scenario.paths)
  const starting = startGenerator().then((generator) => {
    undo.push(generator.stop)
    return generator
  })
  const [unmet, generator] = await allOf([unmetNeeds(sandbox, paths.flatMap(needsOf)), starting])
  return { sandbox, beside, unmet, generator }
}
