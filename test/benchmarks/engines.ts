/**
 * Compares the engines of udpgen's floods with its sockets, and engine packet with trafgen, on the kernel's own
 * forwarding path between three namespaces, 64 bytes of payload, sender on CPU 0, receiver on CPU 1, in turns of random order.
 *
 * Engines are compared by what a trial delivers a second, as both ends count it. trafgen has no receiver:
 * it and engine packet are counted by the same counter of the server's device, which drops them, in windows of 20 ms.
 *
 * Run as root: `node test/benchmarks/engines.ts [rounds]`
 */
import { readFile, writeFile } from 'node:fs/promises'
import { execa } from 'execa'
import type { Generator } from '../udpgen/generator.ts'
import {
  compare,
  environment,
  generatorOnRouter,
  inOwnNamespaces,
  measureRate,
  median,
  path,
  report,
  server,
} from '../udpgen/side-by-side.ts'

const payloadBytes = 64
const pins = { program: '/run/bpf/programs/live_frame', map: '/run/bpf/maps/live_floods' }
/** As a run does: the program of engine xdp, and a peer of the client's device that takes its frames. */
const script = `ip netns exec netns-2 ethtool -K veth1@2 gro on
mkdir /run/bpf && mount -t bpf bpf /run/bpf && echo '${JSON.stringify({
  instances: [
    {
      object: `${process.cwd()}/build/bpf/live-frames.bpf.o`,
      namespace: null,
      ...{ programPins: '/run/bpf/programs', mapPins: '/run/bpf/maps', pinRoot: '/run/bpf/by-name' },
      programs: [{ name: 'live_frame', type: 'xdp' }],
      ...{ constants: [], entries: [], sharedMaps: [], background: {} },
    },
  ],
})}' | ${process.cwd()}/build/bpfload >/dev/null`

interface Contestant {
  readonly name: string
  readonly rate: () => Promise<number>
}

/** Median of trials, packets delivered a second. */
const byTrials = (generator: Generator, engine: string, name = engine): Contestant => ({
  name,
  rate: async () => {
    const trial = {
      path: 'stack',
      kind: 'flood',
      engine,
      payloadBytes,
      packets: engine === 'gso' ? 12_800 : 800,
    }
    const trials = await generator.run(...Array.from({ length: 40 }, () => trial))
    return median(trials.map(({ received, durationNs }) => (received / durationNs) * 1e9))
  },
})

const macOf = async (namespace: string, device: string): Promise<string> => {
  const { stdout } = await execa('ip', ['-n', namespace, '-j', 'link', 'show', 'dev', device], environment)
  return (JSON.parse(stdout) as { address: string }[])[0]!.address
}

/** Frames that the server's device has received, where a rule drops them: what a receiver does is in neither's rate. */
const framesReceived = async (pid: number): Promise<number> =>
  Number(/veth2@2:\s*\d+\s+(\d+)/.exec(await readFile(`/proc/${pid}/net/dev`, 'utf8'))![1])

const dropFrames =
  'table netdev dropped { chain frames { type filter hook ingress device "veth2@2" priority 0; ip protocol udp drop; } }'

/** The same frames as udpgen's. */
const trafgen = (pid: number): Contestant => ({
  name: 'trafgen',
  rate: async () => {
    const [own, next] = [await macOf('netns-1', 'veth1@1'), await macOf('netns-2', 'veth1@2')]
    await writeFile(
      '/run/frame.cfg',
      `{ eth(da=${next}, sa=${own}), ipv4(saddr=10.10.2.11, daddr=${server}), udp(sp=40000, dp=7000), fill(0x55, ${payloadBytes}) }`,
    )
    const command = ['netns', 'exec', 'netns-1', 'taskset', '-c', '0', 'trafgen', '--dev', 'veth1@1']
    const options = ['--conf', '/run/frame.cfg', '--cpus', '1', '--no-sock-mem']
    const flood = execa('ip', [...command, ...options], { ...environment, reject: false })
    const rate = await measureRate(pid, framesReceived)
    flood.kill('SIGINT')
    await flood
    return rate
  },
})

const packetEngine = (generator: Generator, pid: number): Contestant => ({
  name: 'udpgen',
  rate: async () => {
    const trial = { path: 'stack', kind: 'flood', engine: 'packet', payloadBytes, packets: 400_000 }
    const running = generator.run(trial)
    const rate = await measureRate(pid, framesReceived)
    await running
    return rate
  },
})

const run = async (rounds: number): Promise<void> => {
  const plan = { ...path, engines: ['gso', 'packet', 'xdp'] }
  const generator = await generatorOnRouter(plan, { script, words: { liveFrames: pins } })
  const witness = execa('ip', ['netns', 'exec', 'netns-3', 'sleep', 'infinity'], {
    ...environment,
    reject: false,
  })
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
  await execa('ip', ['netns', 'exec', 'netns-3', 'nft', dropFrames], environment)
  report(
    'engine packet (udpgen) and trafgen, frames that come to the server’s device a second',
    'pps',
    await compare([packetEngine(generator, witness.pid!), trafgen(witness.pid!)], rounds, ({ rate }) =>
      rate(),
    ),
  )
  witness.kill()
  await generator.end()
}

await inOwnNamespaces(import.meta.url, 10, run)
