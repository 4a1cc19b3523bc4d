/** TCP connections of the generator over a path, and rules that do something to what they carry. */
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { type Binary, type Generator, startGenerator, type TrialAnswer } from './generator.ts'
import { openPath, type Receiver } from './open-path.ts'
import { type PathPlan, type Topology } from './topologies.ts'

/** A pool of connections, as `open` takes it. */
export interface Pool {
  readonly connections: number
  readonly noDelay?: boolean
  readonly quickAck?: boolean
  readonly mssBytes?: number
  readonly congestion?: string
  readonly busyPollUs?: number
  readonly zerocopy?: boolean
}

/** A path with pools. */
export const withPools = (path: PathPlan, ...tcp: readonly Pool[]): PathPlan & { tcp: readonly Pool[] } => ({
  ...path,
  tcp,
})

export const connect = (path: string, timeoutNs = 1e9): object => ({ command: 'connect', path, timeoutNs })

/** The generator with a path whose connections are open; throws if they could not be. */
export const connected = async (
  t: ExecutionContext,
  binary: Binary,
  { setup, path }: Topology,
  pools: readonly Pool[],
  receiver?: Receiver,
): Promise<Generator> => {
  const generator = await startGenerator(t, binary, { setup, path })
  await openPath(generator, withPools(path, ...pools), receiver)
  const answer = await generator.ask(connect(path.name))
  if (answer.established !== answer.wanted) throw new Error(JSON.stringify(answer))
  return generator
}

export const rr = (transactions: number, others: object = {}): object => ({
  ...{ path: 'veth', kind: 'tcp-rr', pool: 0, transactions, requestBytes: 64, responseBytes: 64 },
  ...others,
})

/** An nftables rule on TCP to the server, where it comes in there. */
export const atServer = (statement: string): string =>
  `ip netns exec server nft 'add table ip t; add chain ip t c { type filter hook input priority 0; }; ` +
  `add rule ip t c tcp dport 7000 ${statement}'`

/** A byte of the first message that a segment carries: a header with timestamps has 32. */
const at = (byte: number, bits: number): string => `@th,${8 * (32 + byte)},${bits}`

/** Segments that begin with a question (PACKET_QUESTION): the kind stands at byte 12, the lower byte first. */
export const question = `${at(12, 16)} 0x0700`

/** Writes another byte into what a segment carries. */
export const damage = (byte: number): string => `${at(byte, 8)} set 0`

/** A counter of a namespace of the generator's: `Tcp`, `InSegs`. */
export const counterIn = async (
  { pid }: Generator,
  namespace: string,
  protocol: string,
  name: string,
): Promise<number> => {
  const inside = ['-t', String(pid), '--mount', '--net', 'ip', 'netns', 'exec', namespace]
  const { stdout } = await execa('nsenter', [...inside, 'cat', '/proc/net/snmp'])
  const [names, values] = stdout
    .split('\n')
    .filter((row) => row.startsWith(`${protocol}:`))
    .map((row) => row.split(' '))
  return Number(values![names!.indexOf(name)])
}

/** As /proc/net/tcp numbers them (include/net/tcp_states.h). */
const socketStates = { established: '01', timeWait: '06' } as const

/** How many TCP sockets of a namespace of the generator's are in a state. */
export const socketsIn = async (
  { pid }: Generator,
  namespace: string,
  state: keyof typeof socketStates,
): Promise<number> => {
  const inside = ['-t', String(pid), '--mount', '--net', 'ip', 'netns', 'exec', namespace]
  const { stdout } = await execa('nsenter', [...inside, 'cat', '/proc/net/tcp'])
  return stdout.split('\n').filter((row) => row.trim().split(/\s+/)[3] === socketStates[state]).length
}

/** What a trial's record says of how it ended. */
export const endOf = ({ sent, received, corrupted, tcpError }: TrialAnswer) => ({
  ...{ sent, received, corrupted, tcpError },
})
