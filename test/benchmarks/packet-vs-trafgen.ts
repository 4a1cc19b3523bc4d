/**
 * Compares udpgen's engine packet with trafgen (netsniff-ng) on the kernel's own forwarding path between three namespaces:
 * frames of 64 bytes of UDP payload from a ring of AF_PACKET past the queueing discipline, sender on CPU 0, in turns of random
 * order, by packets handed to the kernel a second, as each says itself. udpgen's receiver on CPU 1 takes and compares what it
 * sends; trafgen's packets fill the server's socket.
 *
 * Run as root: `node test/benchmarks/packet-vs-trafgen.ts [rounds]`
 */
import { execa } from 'execa'
import { median } from 'simple-statistics'
import { z } from 'zod'
import type { Generator } from '../udpgen/generator.ts'
import {
  compare,
  environment,
  generatorOnRouter,
  inOwnNamespaces,
  path,
  report,
  server,
} from '../udpgen/side-by-side.ts'

const payloadBytes = 64
const packets = 40_000

interface Contestant {
  readonly name: string
  readonly rate: () => Promise<number>
}

const udpgen = (generator: Generator): Contestant => ({
  name: 'udpgen',
  rate: async () => {
    const trial = { path: 'stack', kind: 'flood', engine: 'packet', payloadBytes, packets: 800 }
    const trials = await generator.run(...Array.from({ length: packets / 800 }, () => trial))
    return median(trials.map(({ sent, sendNs }) => (sent / sendNs) * 1e9))
  },
})

const inClient = (...words: string[]): string[] => ['netns', 'exec', 'netns-1', ...words]

/** The router's address on the client's link. */
const nextHop = async (): Promise<string> => {
  const { stdout } = await execa('ip', ['-n', 'netns-2', 'link', 'show', 'veth1@2'], environment)
  return /link\/ether (\S+)/.exec(stdout)![1]!
}

const arrived = async (): Promise<number> => {
  const { stdout } = await execa('ip', ['-n', 'netns-3', '-s', '-j', 'link', 'show', 'veth2@2'], environment)
  return linkSchema.parse(JSON.parse(stdout))[0]!.stats64.rx.packets
}

const linkSchema = z.array(z.object({ stats64: z.object({ rx: z.object({ packets: z.number() }) }) }))

const trafgen = (mac: string): Contestant => ({
  name: 'trafgen',
  rate: async () => {
    const frame = `{ eth(da=${mac}), ipv4(ttl=64, saddr=10.10.2.11, daddr=${server}), udp(sp=5000, dp=7000), fill(0x41, ${payloadBytes}) }`
    const before = await arrived()
    const options = ['--dev', 'veth1@1', '--conf', '-', '--num', String(packets), '--cpus', '0-0']
    const { stdout, stderr } = await execa('ip', inClient('taskset', '-c', '0', 'trafgen', ...options), {
      ...environment,
      input: frame,
    })
    const [, seconds = '', micros = ''] = /(\d+) sec, (\d+) usec/.exec(`${stdout}\n${stderr}`) ?? []
    const came = (await arrived()) - before
    if (came < packets) throw new Error(`${came} of ${packets} packets of trafgen came to the server`)
    return packets / (Number(seconds) + Number(micros) / 1e6)
  },
})

const run = async (rounds: number): Promise<void> => {
  const generator = await generatorOnRouter({ ...path, engines: ['packet'] })
  // Devices have their carrier a moment after they are up.
  const ping = { path: 'stack', kind: 'pingpong', payloadBytes, packets: 1, timeoutNs: 50e6 }
  while ((await generator.run(ping))[0]!.received === 0);
  report(
    'engine packet and trafgen, packets handed to the kernel a second',
    'pps',
    await compare([udpgen(generator), trafgen(await nextHop())], rounds, ({ rate }) => rate()),
  )
  await generator.end()
}

await inOwnNamespaces(import.meta.url, 10, run)
