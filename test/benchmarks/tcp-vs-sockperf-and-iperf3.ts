/**
 * Compares udpgen's TCP with sockperf, iperf3 and qperf on the kernel's own forwarding path between three namespaces:
 * tcp-rr against sockperf's `ping-pong --tcp` and qperf's `tcp_lat`, tcp-stream against iperf3 and qperf's `tcp_bw`.
 *
 * All are pinned alike (sender on CPU 0, receiver on CPU 1), send the same sizes (messages of 64 bytes, calls of
 * 128 KiB), have one connection, Reno and TCP_NODELAY, and take turns in random order. sockperf spins, as udpgen does; qperf cannot, so that
 * its latency has wake-ups in it, and is a mean of one way: twice that is held against. Rates are the receiver's own; iperf3
 * leaves out its first 0.2 s, udpgen its first quarter, qperf nothing.
 *
 * Run as root: `node test/benchmarks/tcp-vs-sockperf-and-iperf3.ts [rounds]`
 */
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { execa } from 'execa'
import { z } from 'zod'
import type { Generator } from '../udpgen/generator.ts'
import { quantileOf } from '../udpgen/histogram-figures.ts'
import {
  compare,
  environment,
  generatorOnRouter,
  inOwnNamespaces,
  path,
  report,
  server,
} from '../udpgen/side-by-side.ts'
import { connect, withPools } from '../udpgen/tcp-path.ts'

const messageBytes = 64
const sendBytes = 131_072

const inNamespace = (namespace: string, cpu: number, command: readonly string[]): string[] => [
  ...['netns', 'exec', namespace, 'taskset', '-c', String(cpu)],
  ...command,
]

const listeners = async (pid: number | undefined): Promise<string> =>
  (await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8')))).join('')

/** Runs a server in netns-3 while `use` does, from when it listens. */
const withServer = async <T>(command: readonly string[], port: number, use: () => Promise<T>): Promise<T> => {
  const subprocess = execa('ip', inNamespace('netns-3', 1, command), { ...environment, reject: false })
  const listening = `:${port.toString(16).toUpperCase()} `
  try {
    while (!(await listeners(subprocess.pid)).includes(listening)) await delay(5)
    return await use()
  } finally {
    subprocess.kill('SIGKILL')
    await subprocess
  }
}

interface Contestant {
  readonly name: string
  /** Median of the transaction's time, µs. */
  readonly rrUs?: () => Promise<number>
  /** Bytes delivered a second, GB. */
  readonly streamGBps?: () => Promise<number>
}

const sockperf: Contestant = {
  name: 'sockperf, spinning',
  rrUs: () => {
    const options = ['-i', server, '-p', '7100', '--tcp', '--nonblocked']
    return withServer(['sockperf', 'server', ...options], 7100, async () => {
      const size = ['-m', String(messageBytes), '-t', '1', '--full-rtt']
      const call = ['sockperf', 'ping-pong', ...options, ...size]
      const { stdout } = await execa('ip', inNamespace('netns-1', 0, call), environment)
      return Number(/percentile 50\.0* =\s*([\d.]+)/.exec(stdout)![1])
    })
  },
}

const iperfResult = z.object({
  end: z.object({ sum_received: z.object({ bits_per_second: z.number() }) }),
})

const iperf3: Contestant = {
  name: 'iperf3',
  streamGBps: () =>
    withServer(['iperf3', '-s', '-p', '7200', '-B', server], 7200, async () => {
      const options = [
        '-c',
        server,
        '-p',
        '7200',
        '-l',
        String(sendBytes),
        '-N',
        '-t',
        '1',
        '-O',
        '0.2',
        '-J',
      ]
      const { stdout } = await execa('ip', inNamespace('netns-1', 0, ['iperf3', ...options]), environment)
      return iperfResult.parse(JSON.parse(stdout)).end.sum_received.bits_per_second / 8e9
    }),
}

const askQperf = (test: string, bytes: number, line: RegExp): Promise<number> =>
  withServer(['qperf', '-lp', '7300'], 7300, async () => {
    const options = ['-lp', '7300', '-ip', '7301', '-t', '1', '-m', String(bytes), '-uu']
    const { stdout } = await execa(
      'ip',
      inNamespace('netns-1', 0, ['qperf', server, ...options, test]),
      environment,
    )
    return Number(line.exec(stdout)![1]!.replaceAll(',', ''))
  })

const qperf: Contestant = {
  name: 'qperf, blocking',
  rrUs: async () => (2 * (await askQperf('tcp_lat', messageBytes, /latency\s*=\s*([\d.,]+) ns/))) / 1000,
  streamGBps: async () => (await askQperf('tcp_bw', sendBytes, /bw\s*=\s*([\d.,]+) bytes\/sec/)) / 1e9,
}

const udpgen = (generator: Generator): Contestant => ({
  name: 'udpgen',
  rrUs: async () => {
    const sizes = { requestBytes: messageBytes, responseBytes: messageBytes, leadTransactions: 16 }
    const order = { path: 'stack', kind: 'tcp-rr', pool: 0, transactions: 20_000, ...sizes }
    const [record] = await generator.run(order)
    return quantileOf(record!.tcpRrNs, 0.5) / 1000
  },
  streamGBps: async () => {
    const bytes = 2 ** 29
    const order = { path: 'stack', kind: 'tcp-stream', pool: 1, bytes, leadBytes: bytes / 4, sendBytes }
    const [record] = await generator.run(order)
    return record!.timedBytes / record!.timedNs
  },
})

const run = async (rounds: number): Promise<void> => {
  const generator = await generatorOnRouter(withPools(path, { connections: 1 }, { connections: 1 }))
  // Devices have their carrier a moment after they are up.
  let established = 0
  while (established < 2) ({ established } = await generator.ask(connect('stack', 150e6)))
  const own = udpgen(generator)
  report(
    'TCP transactions over an open connection, median',
    'µs',
    await compare([own, sockperf, qperf], rounds, ({ rrUs }) => rrUs!()),
    2,
  )
  report(
    'a TCP stream, bytes delivered a second',
    'GB/s',
    await compare([own, iperf3, qperf], rounds, ({ streamGBps }) => streamGBps!()),
    2,
  )
  await generator.end()
}

await inOwnNamespaces(import.meta.url, 10, run)
