/**
 * Drives TCP by the generator. Its sockets are opened with those for UDP; what is connected stays so for the round,
 * and is connected anew after a connection has died.
 */
import { tcpLoadOf } from '../parts/loads/loads.ts'
import { readTcpAnswer } from '../parts/loads/tcp.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import { askTcp } from './ask-tcp.ts'
import type { DriverKind, PlannedTrial } from './driver.ts'
import type { TcpTrialOrder } from './protocol.ts'
import { poolOf } from './tcp-pools.ts'

export const tcp: DriverKind = {
  start: ({ generator, scenario }) => {
    const orderOf = ({ path, trial }: PlannedTrial): TcpTrialOrder => ({
      path: path.name,
      pool: poolOf(scenario.load, trial.kind),
      ...tcpLoadOf(trial.kind).order(trial),
    })
    return {
      // A SYN that meets a link which is not up yet would be sent again only a second later: each try has new ones.
      tries: 8,
      open: () => Promise.resolve(),
      ask: async (path, load) => await askTcp(generator, path, scenario.load, load),
      run: async (trials) => {
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
