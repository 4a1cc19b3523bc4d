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
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { converse, pipes, type Generator, type Histogram } from '../udpgen/generator.ts'
import { countAtLeast, quantileOf } from '../udpgen/histogram-figures.ts'
import type { PathPlan } from '../udpgen/topologies.ts'

const payloadBytes = 64
const server = '10.10.3.20'
/** The one way of udpgen's packets. */
const path: PathPlan = {
  name: 'stack',
  client: { namespace: '/run/netns/netns-1', flows: 1 },
  targets: [{ address: server, port: 7000 }],
  servers: [{ namespace: '/run/netns/netns-3', address: server, port: 7000 }],
}
const environment = { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }, extendEnv: false }

const setup = `
mount -t tmpfs tmpfs /run
for namespace in netns-1 netns-2 netns-3; do ip netns add $namespace; done
ip link add veth1@1 netns netns-1 type veth peer name veth1@2 netns netns-2
ip link add veth2@1 netns netns-2 type veth peer name veth2@2 netns netns-3
ip -n netns-1 address add 10.10.2.11/24 dev veth1@1
ip -n netns-2 address add 10.10.2.10/24 dev veth1@2
ip -n netns-2 address add 10.10.3.10/24 dev veth2@1
ip -n netns-3 address add ${server}/24 dev veth2@2
ip -n netns-1 link set veth1@1 up
ip -n netns-2 link set veth1@2 up
ip -n netns-2 link set veth2@1 up
ip -n netns-3 link set veth2@2 up
ip -n netns-1 route add 10.10.3.0/24 via 10.10.2.10
ip -n netns-3 route add 10.10.2.0/24 via 10.10.3.10
ip netns exec netns-2 sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'`

/** Datagrams that sockets of netns-3 have received; any process in it shows them. */
const datagramsReceived = async (pid: number): Promise<number> => {
  const text = await readFile(`/proc/${pid}/net/snmp`, 'utf8')
  return Number(/^Udp: (\d+)/m.exec(text)![1])
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
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

/**
 * Median of the ratios with an interval from their order statistics (sign test), of at least 95 %:
 * David and Nagaraja, "Order Statistics", section 7.1.
 */
const describe = (ratios: readonly number[]): string => {
  const sorted = ratios.toSorted((a, b) => a - b)
  let [rank, tail, term] = [0, 0, 0.5 ** sorted.length]
  while (tail + term <= 0.025) {
    tail += term
    term *= (sorted.length - rank) / (rank + 1)
    rank++
  }
  const interval =
    rank > 0 ? `${sorted[rank - 1]!.toFixed(3)} to ${sorted.at(-rank)!.toFixed(3)}` : 'too few rounds'
  return `${median(ratios).toFixed(3)} (95 %: ${interval}, n = ${sorted.length})`
}

const compare = async <T>(
  contestants: readonly Contestant[],
  rounds: number,
  measure: (contestant: Contestant) => Promise<T>,
): Promise<ReadonlyMap<string, T[]>> => {
  const values = new Map(contestants.map(({ name }) => [name, [] as T[]]))
  for (let round = 0; round < rounds; round++) {
    const order = contestants.map((contestant) => ({ contestant, key: Math.random() }))
    for (const { contestant } of order.toSorted((a, b) => a.key - b.key))
      values.get(contestant.name)!.push(await measure(contestant))
  }
  return values
}

const report = (what: string, unit: string, values: ReadonlyMap<string, readonly number[]>): void => {
  console.log(`${what}:`)
  const ours = values.get('udpgen')!
  for (const [name, theirs] of values) {
    const ratio =
      name === 'udpgen' ? '' : `; udpgen / it: ${describe(ours.map((our, i) => our / theirs[i]!))}`
    console.log(`  ${name}: median ${median(theirs).toFixed(unit === 'µs' ? 2 : 0)} ${unit}${ratio}`)
  }
}

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
  await execa('sh', ['-ec', setup], environment)
  const generator = await converse(execa('build/udpgen', pipes))
  const opened = await generator.ask({
    command: 'open',
    senderCpu: 0,
    receiverCpu: 1,
    receiver: 'spinning',
    paths: [path],
  })
  if (opened.event !== 'opened') throw new Error(opened.message)
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
    report(`ping-pong, ${what} of the round trip`, 'µs', new Map(values))
  }
  await checkSchedule(generator, 10 * rounds)
  witness.kill()
  await generator.end()
}

const [rounds = '10', inside] = process.argv.slice(2)
if (inside) {
  await run(Number(rounds))
} else {
  await execa('make', ['-C', 'udpgen', 'all'])
  const namespaces = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc']
  const self = [process.execPath, fileURLToPath(import.meta.url), rounds, 'inside']
  await execa('unshare', [...namespaces, ...self], { stdio: 'inherit' })
}
