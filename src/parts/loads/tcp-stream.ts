/** Bytes over open TCP connections, as many as they take. */
import { z } from 'zod'
import { count, nanoseconds } from '../figures.ts'
import { whole } from '../words.ts'
import {
  congestionOf,
  connections,
  readTransactions,
  settingsOf,
  settingsText,
  socketSettings,
  type StreamOrder,
  tcpFields,
  tcpLoad,
  type TcpLoad,
} from './tcp.ts'

const mebibyte = 2 ** 20

const schema = z.strictObject({
  kind: z
    .literal('tcp-stream')
    .describe('Bytes over open TCP connections, as many as they take: bytes a second, and what they cost.'),
  bytes: whole('65536 to 1073741824 bytes', 65_536, 1024 * mebibyte)
    .default(8 * mebibyte)
    .describe('Bytes in a trial, over all connections; the first quarter is not timed.'),
  connections: connections.default(1).describe('TCP connections, opened once a round, that share the bytes.'),
  sendBytes: whole('1 to 262144 bytes', 1, 262_144).default(131_072).describe('Bytes of each send call.'),
  direction: z
    .enum(['up', 'down'], { error: 'up or down' })
    .default('up')
    .describe('up: the client sends. down: the server does.'),
  zerocopy: z
    .boolean()
    .default(false)
    .describe(
      'Sends without a copy (MSG_ZEROCOPY); the record says of how many calls the kernel copied the bytes after all, as it does on veth.',
    ),
  ...socketSettings,
})
type Trial = z.infer<typeof schema>

const answer = z.object({
  kind: z.literal('tcp-stream'),
  direction: z.enum(['up', 'down']),
  /** Bytes that came after those at the start that are not timed, and in what time. */
  timedBytes: count,
  timedNs: count,
  /** With zerocopy: send calls, those that the kernel is done with, and of these those whose bytes it copied. */
  zerocopySends: count.optional(),
  zerocopyCompleted: count.optional(),
  zerocopyCopied: count.optional(),
})

const probeBytes = 262_144

const orderOf = ({ bytes, sendBytes, direction }: Trial): StreamOrder => ({
  ...{ kind: 'tcp-stream', bytes, sendBytes, direction },
  leadBytes: Math.floor(bytes / 4),
})

const connectionsText = (open: number): string =>
  open === 1 ? 'one open connection' : `${open} open connections`

export const tcpStream = {
  ...tcpLoad,
  kind: 'tcp-stream',
  schema,
  fields: {
    ...tcpFields,
    timedBytes: count,
    timedNs: nanoseconds,
    /** Segments of the way that the bytes went, acknowledgements aside. */
    streamSegments: count,
    /** With zerocopy: send calls, those that the kernel said it is done with, and of these those whose bytes it copied after all. */
    zerocopySends: count,
    zerocopyCompleted: count,
    zerocopyCopied: count,
  },
  isAnswered: true,
  counted: 'bytes',
  words: {
    whose: "tcp-stream's",
    what: 'bytes',
    ofTrials: 'bytes of tcp-stream trials',
    lost: 'bytes of TCP streams that did not arrive',
    answers: {
      corrupted: 'TCP streams with other content than was sent',
      misdirected: 'TCP streams to another server than was called',
    },
  },
  text: (trial) =>
    `${trial.bytes} bytes ${trial.direction} ${connectionsText(trial.connections)}, ${trial.sendBytes} a call${trial.zerocopy ? ', zerocopy' : ''}${settingsText(trial)}: bytes a second and cost`,
  settings: (trial) => ({
    packets: trial.bytes,
    connections: trial.connections,
    sendBytes: trial.sendBytes,
    direction: trial.direction,
    ...congestionOf(trial),
    ...(trial.zerocopy ? { zerocopy: true as const } : {}),
  }),
  report: ({ packets, connections: open = 1, direction = 'up', zerocopy }, { count: written }) =>
    `${written(packets)} bytes for each trial over ${open === 1 ? 'one TCP connection' : `${written(open)} TCP connections`} that ${open === 1 ? 'stays' : 'stay'} open for the round, from ${direction === 'up' ? 'the client to the server' : 'the server to the client'}. Every byte is compared with what was sent. The first quarter is sent and not timed: the congestion window has the time to open. The rate runs to the last byte's delivery. Cost is the CPU time of the thread that sends: it sleeps while the kernel takes no more. What the kernel does on the other CPU, where acknowledgements are handled, is not in it.${zerocopy === true ? ' Bytes are sent without a copy (MSG_ZEROCOPY), as far as the kernel makes none; reading its notices is in the cost.' : ''}`,
  pool: (trial) => ({
    ...{ connections: trial.connections, ...settingsOf(trial) },
    ...(trial.zerocopy ? { zerocopy: true as const } : {}),
  }),
  order: orderOf,
  probe: (trial) => ({ ...orderOf(trial), bytes: Math.min(trial.bytes, probeBytes), leadBytes: 0 }),
  answer,
  read: (said) => {
    const { segments, windowSegments, smoothedRttNs } = said.direction === 'up' ? said.forth : said.back
    const { timedBytes, timedNs, zerocopySends, zerocopyCompleted, zerocopyCopied } = said
    const own = {
      ...{ timedBytes, timedNs, streamSegments: segments, windowSegments, smoothedRttNs },
      ...(zerocopySends === undefined ? {} : { zerocopySends, zerocopyCompleted, zerocopyCopied }),
    }
    const result = readTransactions('tcp-stream', said, own)
    const { byServer: _byServer, ...others } = result
    return { ...others, delivery: { ...result.delivery, compared: said.received } }
  },
} as const satisfies TcpLoad<Trial, z.infer<typeof answer>>
