/** What is said of a path that does not deliver: redirect-vs-stack with changes, probed by the generator. */
import type { ExecutionContext } from 'ava'
import { diagnose } from '../../src/datapath/diagnosis.ts'
import { prepareScenario } from '../../src/run/prepare-scenario.ts'
import { startGenerator } from '../../src/load/generator.ts'
import { socketsOf } from '../../src/load/udp-driver.ts'
import { buildPaths } from '../../src/run/live-paths.ts'
import { type PathCounters, startCounting } from '../../src/run/round-counters.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { openSandbox } from '../../src/topology/sandbox.ts'
import type { Step } from '../../src/topology/steps.ts'
import { type Change, changedScenario, ownScenario } from './own-scenario.ts'

export interface Diagnosed {
  readonly lines: readonly string[]
  readonly counters: PathCounters
}

export interface Tried {
  readonly changes: readonly Change[]
  readonly sources?: Readonly<Record<string, string>>
  readonly payloadBytes?: number
  /** What is done to the topology once it is built. */
  readonly steps?: readonly Step[]
}

const packets = 16

/** Brings one path up, sends it a flood and a ping-pong, and diagnoses it. */
export async function diagnosed(t: ExecutionContext, name: string, tried: Tried): Promise<Diagnosed> {
  const { changes, sources = {}, payloadBytes = 64, steps = [] } = tried
  const scenario = loadScenario(ownScenario(t, changedScenario(changes), sources).file)
  const paths = scenario.paths.filter((path) => path.name === name)
  const [path] = paths
  if (path === undefined) throw new Error(`no path ${name}`)
  const objects = await prepareScenario({ ...scenario, paths })
  const sandbox = await openSandbox()
  t.teardown(sandbox.close)
  await buildPaths(sandbox, paths, { objects, load: scenario.load })
  await sandbox.run(steps)
  const generator = await startGenerator(sandbox)
  t.teardown(generator.stop)
  await generator.open([socketsOf(scenario, path)], { senderCpu: 0, receiverCpu: 0, receiver: 'blocking' })
  // The carrier and the neighbours' addresses come a moment after the links are up.
  const order = { path: name, payloadBytes, packets } as const
  await generator.runBlock([{ ...order, kind: 'flood' }])
  const stopCounting = await startCounting({ generator, sandbox, objects }, paths, true)
  const trials = await generator.runBlock([
    { ...order, kind: 'flood' },
    { ...order, kind: 'pingpong' },
  ])
  const counters = (await stopCounting()).get(name) ?? new Map()
  const sum = (of: (trial: (typeof trials)[number]) => number) =>
    trials.reduce((total, trial) => total + of(trial), 0)
  const lines = diagnose(path, counters, {
    client: scenario.client.namespace,
    sent: sum(({ sent }) => sent),
    received: sum(({ receivedByServer }) => receivedByServer.reduce((all, one) => all + one, 0)),
    answersDue: sum(({ kind, receivedByServer }) => (kind === 'pingpong' ? receivedByServer[0]! : 0)),
    answered: sum(({ kind, received }) => (kind === 'pingpong' ? received : 0)),
  })
  return { lines, counters }
}
