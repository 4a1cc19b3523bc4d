/**
 * Compares the engines of udpgen's floods with its sockets on the kernel's own forwarding path between three namespaces,
 * 64 bytes of payload, sender on CPU 0, receiver on CPU 1, in turns of random order, by what a trial delivers a second, as
 * both ends count it. The client's peer polls for all of them, as engine xdp needs it. And engines whose packets sink xdp
 * takes with sockets at both ends, where the server's device has no program.
 *
 * Run as root: `node test/benchmarks/engines.ts [rounds]`
 */
import { median } from 'simple-statistics'
import { liveFramePins, liveFramesOrder } from '../../src/datapath/live-frames.ts'
import { sinkOrder } from '../../src/datapath/sinks.ts'
import { sinkFolder, sinkPins } from '../../src/topology/sink-pins.ts'
import type { Generator } from '../udpgen/generator.ts'
import { loadPrograms } from '../udpgen/own-programs.ts'
import {
  compare,
  generatorOnRouter,
  inOwnNamespaces,
  openPath,
  path,
  report,
} from '../udpgen/side-by-side.ts'

const payloadBytes = 64
/** As a run does: the program of engine xdp, and a peer of the client's device that takes its frames. */
const script = `ip netns exec netns-2 ethtool -K veth1@2 gro on
${loadPrograms(liveFramesOrder(), sinkOrder(sinkFolder('stack', 0)))}`

const plan = { ...path, engines: ['gso', 'packet', 'xdp'] }
const sunk = { ...plan, servers: plan.servers.map((one) => ({ ...one, sink: sinkPins('stack', 0) })) }
const words = { liveFrames: liveFramePins }

interface Contestant {
  readonly name: string
  readonly rate: () => Promise<number>
}

/** Packets delivered a second in the median trial. */
const byTrials = (generator: Generator, engine: string, name = engine, sink = 'socket'): Contestant => ({
  name,
  rate: async () => {
    const trial = {
      path: 'stack',
      kind: 'flood',
      ...{ engine, sink },
      payloadBytes,
      packets: engine === 'gso' ? 12_800 : 800,
    }
    await openPath(generator, sink === 'xdp' ? sunk : plan, words)
    const trials = await generator.run(...Array.from({ length: 40 }, () => trial))
    const rates = trials.map(({ received, durationNs }) => (received / durationNs) * 1e9)
    return median(rates)
  },
})

const run = async (rounds: number): Promise<void> => {
  const generator = await generatorOnRouter(plan, { script, words })
  for (const engine of ['socket', 'packet', 'xdp'])
    report(
      `engine ${engine} to sink xdp (udpgen) and sockets, packets delivered a second in trials`,
      'pps',
      await compare(
        [byTrials(generator, engine, 'udpgen', 'xdp'), byTrials(generator, 'socket')],
        rounds,
        ({ rate }) => rate(),
      ),
    )
  for (const engine of plan.engines)
    report(
      `engine ${engine} (udpgen) and sockets, packets delivered a second in trials`,
      'pps',
      await compare(
        [byTrials(generator, engine, 'udpgen'), byTrials(generator, 'socket')],
        rounds,
        ({ rate }) => rate(),
      ),
    )
  await generator.end()
}

await inOwnNamespaces(import.meta.url, 10, run)
