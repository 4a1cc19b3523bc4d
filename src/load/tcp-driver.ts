/**
 * Drives TCP by the generator. Its sockets are opened with those for UDP; a path's connections are made when it is
 * asked whether it answers, and stay for the round. Of paths that share their namespaces one is up at a time, and
 * connections are of that: they are made before each trial and closed after it, untimed.
 */
import { tcpLoadOf } from '../parts/loads/loads.ts'
import { readTcpAnswer } from '../parts/loads/tcp.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import { askTcp, connectTimeoutNs } from './ask-tcp.ts'
import type { Driver, DriverKind, DriverTools, PlannedTrial } from './driver.ts'
import { endsOf, sharedEnds } from './ends.ts'
import type { TcpTrialOrder } from './protocol.ts'
import { poolOf, tcpTrials } from './tcp-pools.ts'

export const tcp: DriverKind = {
  start: (tools) => (tools.scenario.place === 'existing' ? connectedByTrial(tools) : connectedByRound(tools)),
  serverSteps: () => [],
  endSteps: () => [],
}

function connectedByRound(tools: DriverTools): Driver {
  const answered = new Answered(tools)
  return {
    ...common,
    open: async (paths) => {
      await answered.connectAgain(paths.map(({ name }) => name))
    },
    ask: async ({ name }, load) => {
      const asked = await askTcp(tools.generator, name, tools.scenario.load, load)
      if (asked.reason === undefined) answered.add(name)
      return asked
    },
    run: async (trials) => {
      answered.endRound()
      return await runTrials(tools, trials)
    },
  }
}

function connectedByTrial(tools: DriverTools): Driver {
  const { generator, scenario } = tools
  return {
    ...common,
    open: () => Promise.resolve(),
    ask: async (_, load) => {
      const asked = await askTcp(generator, sharedEnds, scenario.load, load)
      if (tcpTrials(load).length > 0) await generator.disconnect(sharedEnds)
      return asked
    },
    run: async (trials) => {
      // Where one cannot be made, the trial says that its connections are not there.
      await generator.connect(sharedEnds, connectTimeoutNs)
      const results = await runTrials(tools, trials)
      await generator.disconnect(sharedEnds)
      return results
    },
  }
}

const common = {
  // A SYN that meets a link which is not up yet would be sent again only a second later: each try has new ones.
  tries: 8,
  leavesChecksums: true,
  complete: (result: TrialResult) => Promise.resolve(result),
  drain: () => Promise.resolve([]),
  close: () => Promise.resolve(),
}

async function runTrials(
  { generator, scenario: { load, place } }: DriverTools,
  trials: readonly PlannedTrial[],
): Promise<TrialResult[]> {
  const answers = await generator.runBlock(
    trials.map(({ path, trial }): TcpTrialOrder => ({
      path: endsOf(place, path.name),
      pool: poolOf(load, trial),
      ...tcpLoadOf(trial.kind).order(trial),
    })),
  )
  return answers.map((answer, index): TrialResult => {
    const { path, trial } = trials[index]!
    return readTcpAnswer(tcpLoadOf(trial.kind), { ...answer, path: path.name })
  })
}

/**
 * Paths of a round that have answered. Where another is taken down before trials begin, all sockets are opened
 * afresh: those paths are then connected again, before anything is counted.
 */
class Answered {
  readonly #generator: Pick<DriverTools['generator'], 'connect'>
  readonly #hasTcp: boolean
  #names = new Set<string>()
  #hasRun = false

  constructor({ generator, scenario }: DriverTools) {
    this.#generator = generator
    this.#hasTcp = tcpTrials(scenario.load).length > 0
  }

  add(name: string): void {
    if (this.#hasTcp) this.#names.add(name)
  }

  /** What is opened next is of another round. */
  endRound(): void {
    this.#hasRun = true
  }

  async connectAgain(names: readonly string[]): Promise<void> {
    if (this.#hasRun) this.#names = new Set()
    this.#hasRun = false
    // One that is not any more shows in its trials.
    for (const name of names) if (this.#names.has(name)) await this.#generator.connect(name, connectTimeoutNs)
  }
}
