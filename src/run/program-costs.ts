/**
 * What a run of a path's programs costs, on a live path: the kernel runs each on a sample frame, and a
 * program that does nothing beside it (BPF_PROG_TEST_RUN).
 */
import { pinnedPrograms } from '../datapath/instances.ts'
import { loadOnce } from '../datapath/own-programs.ts'
import { nopOrder } from '../datapath/nop.ts'
import { sampleFrame } from '../datapath/sample-frame.ts'
import { type SeenActions, watchPrograms } from '../datapath/watch.ts'
import { BenchError } from '../host/errors.ts'
import type { Generator } from '../load/generator.ts'
import type { ProgramCostOrder } from '../load/protocol.ts'
import { hookNamed } from '../parts/hooks/hooks.ts'
import { hookedPrograms, type ScenarioPath } from '../scenario/scenario.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import { namespacePlace, sandboxFolders } from '../topology/sandbox.ts'
import { type LiveEvidence, otherBranch, stackShareOf } from './branch.ts'
import type { BuiltPath } from './live-paths.ts'
import { type CountingTools, type PathCounters, startCounting } from './round-counters.ts'

/** What was found of one program. */
export interface ProgramCosts {
  readonly path: string
  readonly program: string
  /** ns a run, by batch of runs; the same place in both lists is the same moment. Empty where it failed. */
  readonly programNs: readonly number[]
  readonly floorNs: readonly number[]
  /** Why it could not be measured: a program that drops at random is not the same from run to run. */
  readonly failure?: string
}

/** A run takes the kernel some 20 µs, whatever the program: so many cost a round a few hundredths of a second. */
const batches = 10
const runsPerBatch = 15

// No path has a name with capitals.
const floorPins = `${sandboxFolders.bpf}/NOP`

/** What is known of programs from live packets, by pin. */
export type LiveEvidences = ReadonlyMap<string, LiveEvidence>

/** Measures programs round by round, and remembers what need not be done again. */
export class ProgramCostMeter {
  readonly #tools: CountingTools
  /** Programs that this kernel lets nobody watch, by pin, with the reason. */
  readonly #unwatchable = new Map<string, SeenActions>()

  constructor(tools: CountingTools) {
    this.#tools = tools
  }

  /**
   * Looks at what the programs of `paths` that have a sample do with live packets, from now on.
   *
   * @param sites the paths as built, by name
   * @returns what ends it, given the paths that are still there
   */
  async watch(
    paths: readonly ScenarioPath[],
    sites: ReadonlyMap<string, BuiltPath>,
  ): Promise<(still: readonly ScenarioPath[]) => Promise<LiveEvidences>> {
    const sampled = paths.flatMap((path) => sampledPrograms(path).map((program) => ({ path, ...program })))
    if (sampled.length === 0) return () => Promise.resolve(new Map())
    const watched = sampled.filter(({ pin }) => !this.#unwatchable.has(pin))
    const endWatch = await this.#watchEach(watched)
    const counting = [...new Set(sampled.map(({ path }) => path))]
    const endCount = await startCounting(this.#tools, counting)
    return async (still) => {
      const counted = await endCount(counting.filter((path) => still.includes(path)))
      const seen = new Map(this.#unwatchable)
      for (const [pin, one] of await endWatch()) {
        seen.set(pin, one)
        if ('failure' in one) this.#unwatchable.set(pin, one)
      }
      return new Map(
        sampled.map(({ path, pin, place, namespace }) => [
          pin,
          {
            seen: seen.get(pin),
            stackShare: stackShareIn(path, namespace, counted.get(path.name)),
            maps: sites.get(path.name)?.programs[place]?.maps ?? [],
          },
        ]),
      )
    }
  }

  /** Watches programs, each where its path is. @returns what ends it, and gives what each has returned, by pin */
  async #watchEach(
    watched: readonly { readonly path: ScenarioPath; readonly pin: string; readonly program: string }[],
  ): Promise<() => Promise<readonly (readonly [pin: string, seen: SeenActions])[]>> {
    const ends: (() => Promise<[string, SeenActions][]>)[] = []
    for (const [place, own] of Map.groupBy(watched, ({ path }) => this.#tools.sandbox.at(path.name))) {
      const end = await watchPrograms(
        place,
        own.map(({ pin, program }) => ({ pin, name: program })),
      )
      ends.push(async () => (await end()).map((seen, index) => [own[index]!.pin, seen]))
    }
    return async () => (await Promise.all(ends.map((end) => end()))).flat()
  }

  /**
   * Measures the programs of `paths` that have a sample, each once where it is in several namespaces. One whose
   * test-run goes another way than its live packets has no figure.
   */
  async measure(
    paths: readonly ScenarioPath[],
    sites: ReadonlyMap<string, BuiltPath>,
    live: LiveEvidences,
  ): Promise<ProgramCosts[]> {
    const costs: ProgramCosts[] = []
    for (const path of paths) {
      const programs = sampledPrograms(path)
      const [sandbox, generator] = [this.#tools.sandbox.at(path.name), this.#tools.generator.at(path.name)]
      if (programs.length > 0)
        // They are in no namespace: those of one round serve in all.
        await loadOnce(sandbox, [nopOrder(floorPins)], 'the floor of program costs')
      const fileOf = namespaceFileFor(path.name)
      for (const { program, hook, namespace, device, sample, pin } of programs) {
        const end = sites.get(path.name)?.devices.get(namespace)?.get(device)
        if (end === undefined) throw new Error(`no device ${device} in ${namespace}`)
        const { type } = hookNamed(hook)
        const order = {
          namespace: namespacePlace(fileOf(namespace)),
          program: pin,
          floor: `${floorPins}/${type.nop}`,
          type: type.name,
          ifindex: end.ifindex,
          frame: sampleFrame(sample, end.mac).toString('hex'),
          batches,
          runs: runsPerBatch,
        }
        costs.push({ path: path.name, program, ...(await costsOf(generator, hook, order, live.get(pin))) })
      }
    }
    return costs
  }
}

/** A bridge's ports are not those of a stack. */
function stackShareIn(
  path: ScenarioPath,
  namespace: string,
  counted: PathCounters | undefined,
): number | undefined {
  const counters = counted?.get(namespace)
  const hasBridge = Object.values(path.topology.bridges).some((bridge) => bridge.namespace === namespace)
  if (counters === undefined || hasBridge) return undefined
  const incoming = hookedPrograms(path).filter(
    (program) => program.namespace === namespace && hookNamed(program.hook).isIncoming,
  )
  return stackShareOf(counters, new Set(incoming.map(({ device }) => device)))
}

const nothingKnown: LiveEvidence = { seen: undefined, stackShare: undefined, maps: [] }

async function costsOf(
  generator: Generator,
  hook: string,
  order: ProgramCostOrder,
  live: LiveEvidence | undefined,
): Promise<Omit<ProgramCosts, 'path' | 'program'>> {
  const withoutFigure = (failure: string) => ({ programNs: [], floorNs: [], failure })
  try {
    const { action, programNs, floorNs } = await generator.programCost(order)
    const problem = otherBranch(hook, action, live ?? nothingKnown)
    return problem === undefined ? { programNs, floorNs } : withoutFigure(problem)
  } catch (error) {
    if (!(error instanceof BenchError)) throw error
    return withoutFigure(error.message)
  }
}

function sampledPrograms(path: ScenarioPath) {
  const pins = pinnedPrograms(path)
  const seen = new Set<string>()
  return hookedPrograms(path).flatMap((program, index) => {
    const { sample } = program
    if (sample === undefined || seen.has(program.program)) return []
    seen.add(program.program)
    return [{ ...program, sample, pin: pins[index] ?? '', place: index }]
  })
}
