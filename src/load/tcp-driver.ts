/**
 * Drives TCP by the generator. Its sockets are opened with those for UDP; a path's connections are made when it is
 * asked whether it answers, and stay for the round.
 */
import { tcpLoadOf } from '../parts/loads/loads.ts'
import { readTcpAnswer } from '../parts/loads/tcp.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import { askTcp, connectTimeoutNs } from './ask-tcp.ts'
import type { DriverKind, DriverTools, PlannedTrial } from './driver.ts'
import type { TcpTrialOrder } from './protocol.ts'
import { poolOf, tcpTrials } from './tcp-pools.ts'

export const tcp: DriverKind = {
  start: (tools) => {
    const { generator, scenario } = tools
    const answered = new Answered(tools)
    const orderOf = ({ path, trial }: PlannedTrial): TcpTrialOrder => ({
      path: path.name,
      pool: poolOf(scenario.load, trial.kind),
      ...tcpLoadOf(trial.kind).order(trial),
    })
    return {
      // A SYN that meets a link which is not up yet would be sent again only a second later: each try has new ones.
      tries: 8,
      open: async (paths) => {
        await answered.connectAgain(paths.map(({ name }) => name))
      },
      ask: async (path, load) => {
        const asked = await askTcp(generator, path, scenario.load, load)
        if (asked.reason === undefined) answered.add(path.name)
        return asked
      },
      run: async (trials) => {
        answered.endRound()
        const answers = await generator.runBlock(trials.map(orderOf))
        return answers.map((answer, index): TrialResult =>
          readTcpAnswer(tcpLoadOf(trials[index]!.trial.kind), answer),
        )
      },
      complete: (result) => Promise.resolve(result),
      drain: () => Promise.resolve([]),
      close: () => Promise.resolve(),
    }
  },
  serverSteps: () => [],
  endSteps: () => [],
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
