/**
 * Compares udpgen with sockperf on the kernel's own forwarding path between three namespaces:
 * flood against `throughput`, ping-pong against `ping-pong`; and checks udpgen's paced schedule.
 *
 * Both are pinned alike (sender on CPU 0, receiver on CPU 1), send the same payload, and take turns in
 * random order. Floods are counted for both at the same place, by the receiving namespace's own
 * `Udp: InDatagrams` in windows of 20 ms. sockperf takes part with blocking and with spinning sockets.
 *
 * Run as root: `node test/benchmarks/udpgen-vs-sockperf.ts [rounds]`
 */
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { execa } from 'execa'
import { median } from 'simple-statistics'
import type { Generator, Histogram } from '../udpgen/generator.ts'
import { countAtLeast, quantileOf } from '../udpgen/histogram-figures.ts'
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
/** Datagrams that sockets of netns-3 have received; any process in it shows them. */
const datagramsReceived = async (pid: number): Promise<number> => {
  const text = await readFile(`/proc/${pid}/net/snmp`, 'utf8')
  return Number(/^Udp: (\d+)/m.exec(text)![1])
}

/** Median rate, packets a second, of 15 windows of 20 ms, from when packets flow. */
const measureRate = async (pid: number): Promise<number> => {
  const start = await datagramsReceived(pid)
  const deadlineMs = performance.now() + 10_000
  while ((await datagramsReceived(pid)) < start + 2000) {
    if (performance.now() > deadlineMs) throw new Error('no flood of packets came within 10 s')
    await delay(5)
  }
  const rates: number[] = []
  let [before, beforeMs] = [await datagramsReceived(pid), performance.now()]
  for (let window = 0; window < 15; window++) {
    await delay(20)
    const [after, afterMs] = [await datagramsReceived(pid), performance.now()]
    rates.push(((after - before) / (afterMs - beforeMs)) * 1000)
    before = after
    beforeMs = afterMs
  }
  return median(rates)
}

/** Runs a sockperf server while `use` does, with its process id in netns-3. */
const withSockperfServer = async <T>(
  options: readonly string[],
  use: (pid: number) => Promise<T>,
): Promise<T> => {
  const command = ['netns', 'exec', 'netns-3', 'taskset', '-c', '1', 'sockperf', 'server', '-i', server]
  const subprocess = execa('ip', [...command, '-p', '7100', ...options], { ...environment, reject: false })
  try {
    const port = (7100).toString(16).toUpperCase()
    const pid = subprocess.pid!
    while (!(await readFile(`/proc/${pid}/net/udp`, 'utf8')).includes(`:${port} `)) await delay(5)
    return await use(pid)
  } finally {
    subprocess.kill('SIGKILL')
    await subprocess
  }
}

const sockperfClient = async (
  kind: 'throughput' | 'ping-pong',
  options: readonly string[],
): Promise<string> => {
  const command = ['netns', 'exec', 'netns-1', 'taskset', '-c', '0', 'sockperf', kind, '-i', server]
  const size = ['-p', '7100', '-m', String(payloadBytes), '-t', '1']
  const { stdout } = await execa('ip', [...command, ...size, ...options], environment)
  return stdout
}

interface Latency {
  readonly p50Ns: number
  readonly p99Ns: number
}

interface Contestant {
  readonly name: string
  readonly flood: () => Promise<number>
  readonly pingpong: () => Promise<Latency>
}

const sockperf = (name: string, options: readonly string[]): Contestant => ({
  name,
  flood: () =>
    withSockperfServer(options, async (pid) => {
      const client = sockperfClient('throughput', options)
      const rate = await measureRate(pid)
      await client
      return rate
    }),
  pingpong: () =>
    withSockperfServer(options, async () => {
      const output = await sockperfClient('ping-pong', ['--full-rtt', ...options])
      const percentile = (p: string): number =>
        Number(new RegExp(`percentile ${p}0* =\\s*([\\d.]+)`).exec(output)![1])
      return { p50Ns: percentile('50.') * 1000, p99Ns: percentile('99.') * 1000 }
    }),
})

const udpgen = (generator: Generator, serverPid: number): Contestant => ({
  name: 'udpgen',
  flood: async () => {
    const trial = { path: 'stack', kind: 'flood', payloadBytes, packets: 100_000 }
    const running = generator.run(trial, trial)
    const rate = await measureRate(serverPid)
    await running
    return rate
  },
  pingpong: async () => {
    const [record] = await generator.run({ path: 'stack', kind: 'pingpong', payloadBytes, packets: 50_000 })
    return { p50Ns: quantileOf(record!.rttNs, 0.5), p99Ns: quantileOf(record!.rttNs, 0.99) }
  },
})

/** Time that the hypervisor gave to others, in ticks, since boot. */
const stolenTicks = async (): Promise<number> =>
  Number((await readFile('/proc/stat', 'utf8')).split('\n', 1)[0]!.split(/\s+/)[8])

const checkSchedule = async (generator: Generator, trials: number): Promise<void> => {
  const within = (histogram: Histogram): number => 1 - countAtLeast(histogram, 5000) / histogram.count
  const all: number[] = []
  const undisturbed: number[] = []
  for (let i = 0; i < trials; i++) {
    const before = await stolenTicks()
    const trial = { path: 'stack', kind: 'paced', payloadBytes, packets: 1000, ratePps: 50_000 }
    const [record] = await generator.run(trial)
    const share = within(record!.scheduleErrorNs)
    all.push(share)
    if (record!.senderPreempted === 0 && (await stolenTicks()) === before) undisturbed.push(share)
  }
  const mean = (values: readonly number[]): string =>
    values.length === 0 ? 'none' : `${((100 * values.reduce((a, b) => a + b)) / values.length).toFixed(2)} %`
  console.log('paced at 50,000/s, departures within 5 µs of schedule:')
  console.log(`  all ${all.length} trials: ${mean(all)}, median trial ${(100 * median(all)).toFixed(2)} %`)
  console.log(`  the ${undisturbed.length} whose sender kept its CPU: ${mean(undisturbed)}`)
}

const run = async (rounds: number): Promise<void> => {
  const generator = await generatorOnRouter(path)
  const witness = execa('ip', ['netns', 'exec', 'netns-3', 'sleep', 'infinity'], {
    ...environment,
    reject: false,
  })
  const contestants = [
    udpgen(generator, witness.pid!),
    sockperf('sockperf, blocking', []),
    sockperf('sockperf, spinning', ['--nonblocked']),
  ]
  report(
    'flood, packets delivered a second',
    'pps',
    await compare(contestants, rounds, ({ flood }) => flood()),
  )
  const latencies = await compare(
    contestants.filter(({ name }) => name !== 'sockperf, blocking'),
    rounds,
    ({ pingpong }) => pingpong(),
  )
  for (const [what, key] of [
    ['median', 'p50Ns'],
    ['99th percentile', 'p99Ns'],
  ] as const) {
    const values = [...latencies].map(([name, all]) => [name, all.map((one) => one[key] / 1000)] as const)
    report(`ping-pong, ${what} of the round trip`, 'µs', new Map(values), 2)
  }
  await checkSchedule(generator, 10 * rounds)
  witness.kill()
  await generator.end()
}

await inOwnNamespaces(import.meta.url, 10, run)
