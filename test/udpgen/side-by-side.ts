/** What benchmarks of the generator against other tools share: a router between two hosts, turns, and medians. */
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { median } from 'simple-statistics'
import { converse, pipes, type Generator } from './generator.ts'
import type { PathPlan } from './topologies.ts'

export const server = '10.10.3.20'
/** The one way of udpgen's packets. */
export const path: PathPlan = {
  name: 'stack',
  client: { namespace: '/run/netns/netns-1', flows: 1 },
  targets: [{ address: server, port: 7000 }],
  servers: [{ namespace: '/run/netns/netns-3', address: server, port: 7000 }],
}
export const environment = { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }, extendEnv: false }

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
ip netns exec netns-2 sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
# One that does not pace, for all alike: not every tool can name one, and no other is to be had in every namespace.
for namespace in netns-1 netns-3; do
  ip netns exec $namespace sh -c 'echo reno >/proc/sys/net/ipv4/tcp_congestion_control'
done`

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

interface Contestant {
  readonly name: string
}

/** Each contestant's values, one a round; within a round they take turns in random order. */
export const compare = async <T, One extends Contestant>(
  contestants: readonly One[],
  rounds: number,
  measure: (contestant: One) => Promise<T>,
): Promise<ReadonlyMap<string, T[]>> => {
  const values = new Map(contestants.map(({ name }) => [name, [] as T[]]))
  for (let round = 0; round < rounds; round++) {
    const order = contestants.map((contestant) => ({ contestant, key: Math.random() }))
    for (const { contestant } of order.toSorted((a, b) => a.key - b.key))
      values.get(contestant.name)!.push(await measure(contestant))
  }
  return values
}

/** @param digits decimals of the medians */
export const report = (
  what: string,
  unit: string,
  values: ReadonlyMap<string, readonly number[]>,
  digits = 0,
): void => {
  console.log(`${what}:`)
  const ours = values.get('udpgen')!
  for (const [name, theirs] of values) {
    const ratio =
      name === 'udpgen' ? '' : `; udpgen / it: ${describe(ours.map((our, i) => our / theirs[i]!))}`
    console.log(`  ${name}: median ${median(theirs).toFixed(digits)} ${unit}${ratio}`)
  }
}

/** Builds the three namespaces, and gives the generator with this path open. @param more a script that goes on with them, and further words of the command that opens */
export const generatorOnRouter = async (
  plan: PathPlan & { readonly engines?: readonly string[] },
  more: { readonly script?: string; readonly words?: object } = {},
): Promise<Generator> => {
  await execa('sh', ['-ec', `${setup}\n${more.script ?? ''}`], environment)
  const generator = await converse(execa('build/udpgen', pipes))
  await openPath(generator, plan, more.words)
  return generator
}

/** Opens this path instead of what was open. @param words further words of the command */
export const openPath = async (generator: Generator, plan: object, words: object = {}): Promise<void> => {
  const opened = await generator.ask({
    command: 'open',
    senderCpu: 0,
    receiverCpu: 1,
    receiver: 'spinning',
    paths: [plan],
    ...words,
  })
  if (opened.event !== 'opened') throw new Error(opened.message)
}

/**
 * Runs the benchmark in namespaces of its own: this process starts its file again inside.
 *
 * @param url the file's `import.meta.url`; it takes the number of rounds
 */
export const inOwnNamespaces = async (
  url: string,
  defaultRounds: number,
  run: (rounds: number) => Promise<void>,
): Promise<void> => {
  const [rounds = String(defaultRounds), inside] = process.argv.slice(2)
  if (inside !== undefined) {
    await run(Number(rounds))
    return
  }
  await execa('make', ['-C', 'udpgen', 'all'])
  const namespaces = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc']
  const self = [process.execPath, fileURLToPath(url), rounds, 'inside']
  await execa('unshare', [...namespaces, ...self], { stdio: 'inherit' })
}
