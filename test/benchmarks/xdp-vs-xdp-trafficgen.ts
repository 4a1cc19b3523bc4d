/**
 * Compares udpgen's engine xdp with xdp-trafficgen (xdp-tools), which hands frames of an XDP program to a device by the same
 * call of the kernel, over IPv6 from one namespace to another, by the packets that came to the server's device in 100 ms, as
 * that counts them. Sender on CPU 0, in turns of random order. The server's device drops all that come to the port, so that
 * no receiver has a part in it. xdp-trafficgen sends one frame of 64 bytes again and again, with a hop limit of 1, and so
 * through no router; udpgen writes each frame's addresses, number, time and checksums, its shortest, which has 94 bytes.
 *
 * Run as root: `node test/benchmarks/xdp-vs-xdp-trafficgen.ts [rounds]`
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { execa } from 'execa'
import { liveFramePins, liveFramesOrder } from '../../src/datapath/live-frames.ts'
import { converse, type Generator, pipes } from '../udpgen/generator.ts'
import { loadPrograms } from '../udpgen/own-programs.ts'
import { compare, environment, inOwnNamespaces, openPath, report } from '../udpgen/side-by-side.ts'
import { twoNamespacesOver } from '../udpgen/topologies.ts'

/** The generator's header and nothing more. */
const payloadBytes = 32
const windowMs = 100
/** What has come when a sender is at its pace. */
const firstPackets = 10_000
/** More than come in any window: the most that a trial has. */
const packets = 1_000_000

const topology = twoNamespacesOver(
  6,
  1,
  loadPrograms(liveFramesOrder()),
  // Frames of XDP programs are for a peer that polls.
  'ip netns exec server ethtool -K to-client gro on',
)
const path = { ...topology.path, engines: ['xdp'] }

const inside = (namespace: string, ...words: string[]): string[] => ['netns', 'exec', namespace, ...words]

/** Packets that came to the server's device, as a process in its namespace sees it. */
const arrived = (pid: number): number => {
  const [, count] = /to-client:\s*\d+\s+(\d+)/.exec(readFileSync(`/proc/${pid}/net/dev`, 'utf8')) ?? []
  return Number(count)
}

/** Packets a second, from when so many have come that the sender is at its pace; throws where the sender ends before. */
const rateOf = async (pid: number, sending: Promise<unknown>): Promise<number> => {
  const ended = sending.then(() => {
    throw new Error('the sender ended before it was measured')
  })
  const wait = (ms: number) => Promise.race([ended, setTimeout(ms)])
  const before = arrived(pid)
  while (arrived(pid) < before + firstPackets) await wait(2)
  const [startNs, startCount] = [process.hrtime.bigint(), arrived(pid)]
  await wait(windowMs)
  const [endNs, endCount] = [process.hrtime.bigint(), arrived(pid)]
  return ((endCount - startCount) / Number(endNs - startNs)) * 1e9
}

interface Contestant {
  readonly name: string
  readonly rate: (pid: number) => Promise<number>
}

const udpgen = (generator: Generator): Contestant => ({
  name: 'udpgen',
  rate: async (pid) => {
    const trial = { path: path.name, kind: 'flood', engine: 'xdp', payloadBytes, packets, quietNs: 1e6 }
    const sending = generator.run(trial)
    const rate = await rateOf(pid, sending)
    await sending
    return rate
  },
})

const macOf = async (namespace: string, device: string): Promise<string> => {
  const { stdout } = await execa(
    'ip',
    inside(namespace, 'cat', `/sys/class/net/${device}/address`),
    environment,
  )
  return stdout
}

/** @param preload what has it start on kernels newer than itself */
const xdpTrafficgen = (preload: string, mac: string): Contestant => ({
  name: 'xdp-trafficgen',
  rate: async (pid) => {
    const addresses = ['--dst-mac', mac, '--dst-addr', 'fd00::2', '--src-addr', 'fd00::1']
    // Its only thread takes CPU 0.
    const words = ['xdp-trafficgen', 'udp', ...addresses, '--dst-port', '7000', '--threads', '1', 'to-server']
    const sending = execa('ip', inside('client', ...words), {
      env: { ...environment.env, LD_PRELOAD: preload },
      extendEnv: false,
    })
    try {
      return await rateOf(pid, sending)
    } finally {
      sending.kill('SIGINT')
      await sending.catch(() => undefined)
    }
  },
})

const measure = async (rounds: number, preload: string): Promise<void> => {
  await execa('clang', [
    '-shared',
    '-fPIC',
    '-O2',
    '-o',
    preload,
    `${import.meta.dirname}/xdp-trafficgen-on-newer-kernels.c`,
  ])
  await execa('sh', ['-ec', topology.setup], environment)
  const generator = await converse(execa('build/udpgen', pipes))
  await openPath(generator, path, { receiver: 'blocking', liveFrames: liveFramePins })
  // Devices have their carrier a moment after they are up.
  const ping = { path: path.name, kind: 'pingpong', payloadBytes, packets: 1, timeoutNs: 50e6 }
  while ((await generator.run(ping))[0]!.received === 0);
  const drop =
    'table netdev t { chain c { type filter hook ingress device "to-client" priority 0; udp dport 7000 drop; }; }'
  await execa('ip', inside('server', 'nft', drop), environment)
  const observer = execa('ip', inside('server', 'cat'), { ...environment, stdin: 'pipe' })
  const contestants = [udpgen(generator), xdpTrafficgen(preload, await macOf('server', 'to-client'))]
  report(
    "engine xdp and xdp-trafficgen, packets that came to the server's device a second",
    'pps',
    await compare(contestants, rounds, ({ rate }) => rate(observer.pid!)),
  )
  observer.stdin.end()
  await observer
  await generator.end()
}

const run = async (rounds: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'xdp-trafficgen-'))
  try {
    await measure(rounds, join(folder, 'preload.so'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

await inOwnNamespaces(import.meta.url, 10, run)
