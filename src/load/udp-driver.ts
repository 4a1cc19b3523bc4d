/** Drives UDP packets by the generator, whose sockets are in the namespaces of all paths. */
import { udpLoadOf, udpOrderOf } from '../parts/loads/loads.ts'
import { readAnswer } from '../parts/loads/udp.ts'
import { enginesOf } from '../scenario/engines.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import { hasSinkBelowStack } from '../scenario/sinks.ts'
import { cgroupOf, hasCgroup } from '../topology/cgroups.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import { namespacePlace } from '../topology/sandbox.ts'
import { sinkPins } from '../topology/sink-pins.ts'
import { askUdp } from './ask-udp.ts'
import type { DriverKind, PlannedTrial } from './driver.ts'
import { endsOf } from './ends.ts'
import type { PathSockets, TrialOrder } from './protocol.ts'
import { poolsOf } from './tcp-pools.ts'

export const udpgen: DriverKind = {
  start: ({ generator, scenario, placement, liveFrames }) => ({
    // An interface's carrier and its neighbours' addresses come a moment after the link is up. Each try
    // ends by itself when nothing answers, after some 150 ms.
    tries: 5,
    leavesChecksums: false,
    open: async (paths) => {
      if (paths.length === 0) return
      const sockets = distinct(paths.map((path) => socketsOf(scenario, path)))
      await generator.open(sockets, placement, liveFrames)
    },
    ask: async (path, load) => await askUdp(generator, path, endsOf(scenario.place, path.name), load),
    run: async (trials) => {
      const orders = trials.map((trial) => ({
        ...orderOf(trial),
        path: endsOf(scenario.place, trial.path.name),
      }))
      const answers = await generator.runBlock(orders)
      return answers.map((answer, index) => {
        const { path, trial } = trials[index]!
        return readAnswer(udpLoadOf(trial.kind), { ...answer, path: path.name })
      })
    },
    complete: (result) => Promise.resolve(result),
    drain: generator.drain,
    close: generator.close,
  }),
  serverSteps: () => [],
  endSteps: () => [],
}

const distinct = (sockets: readonly PathSockets[]): PathSockets[] => [
  ...new Map(sockets.map((one) => [one.name, one])).values(),
]

/** Where `udpgen` finds the ends of a path. */
export function socketsOf(
  scenario: Pick<Scenario, 'client' | 'load' | 'place'>,
  path: ScenarioPath,
): PathSockets {
  const { name, servers, targets } = path
  const { client } = scenario
  const pools = poolsOf(scenario.load)
  const engines = enginesOf(scenario.load).map(({ name }) => name)
  const fileOf = namespaceFileFor(name)
  const file = (namespace: string) => namespacePlace(fileOf(namespace))
  return {
    name: endsOf(scenario.place, name),
    client: {
      namespace: file(client.namespace),
      flows: client.flows,
      ...(hasCgroup(path) ? { cgroup: cgroupOf(name) } : {}),
    },
    targets,
    servers: servers.map((server, index) => ({
      ...server,
      namespace: file(server.namespace),
      ...(hasSinkBelowStack(scenario.load) ? { sink: sinkPins(name, index) } : {}),
    })),
    ...(pools.length === 0 ? {} : { tcp: pools }),
    ...(engines.length === 0 ? {} : { engines }),
  }
}

/**
 * Packets at the start of a trial that are not timed. After a trial on another path they meet cold
 * caches, which traffic on one path alone would not: the first take half as long again.
 */
const leadPackets = 16

/**
 * How long a path that may lose is waited for: what is missing is lost in all likelihood, and there is
 * some in every trial. On other paths udpgen waits until nothing can be on its way any more.
 */
const impatienceNs = 20e6

/** The order for a trial; one too short to have a lead is timed whole. */
export function orderOf({ path: { name, mayLose }, trial, graceNs }: PlannedTrial): TrialOrder {
  const order = udpOrderOf(trial)
  return {
    path: name,
    ...order,
    ...(order.packets > 2 * leadPackets ? { leadPackets } : {}),
    ...(mayLose ? { quietNs: impatienceNs } : {}),
    ...(graceNs === undefined ? {} : { graceNs }),
    ...(mayLose && order.kind === 'pingpong' ? { timeoutNs: impatienceNs } : {}),
  }
}
