/** TCP requests that are answered, over connections that stay open: one in flight on each. */
import { z } from 'zod'
import { count, nanoseconds } from '../figures.ts'
import { histogramSchema } from '../histogram-data.ts'
import { whole } from '../words.ts'
import {
  congestionOf,
  connections,
  messageBytes,
  readTransactions,
  settingsOf,
  settingsText,
  socketSettings,
  tcpFields,
  tcpLoad,
  type TcpLoad,
  type TransactionsOrder,
} from './tcp.ts'

const schema = z.strictObject({
  kind: z
    .literal('tcp-rr')
    .describe(
      'TCP transactions over open connections, one in flight on each: transactions a second, latency.',
    ),
  transactions: whole('1 to 1000000 transactions', 1, 1_000_000)
    .default(250)
    .describe('Requests in a trial, each answered.'),
  connections: connections
    .default(1)
    .describe('TCP connections, opened once a round, that share the transactions.'),
  requestBytes: messageBytes('Bytes of each request.').default(64),
  responseBytes: messageBytes('Bytes of each response.').default(64),
  rateTps: z
    .number('1 to 1000000 transactions a second')
    .min(1, '1 to 1000000 transactions a second')
    .max(1_000_000, '1 to 1000000 transactions a second')
    .optional()
    .describe(
      'Transactions a second, on a schedule: latency is counted from the scheduled time. Else each follows the one before.',
    ),
  ...socketSettings,
})
type Trial = z.infer<typeof schema>

const answer = z.object({
  kind: z.literal('tcp-rr'),
  questionsReceived: count,
  /** Time that both ends spent in calls that moved something. */
  busyNs: nanoseconds,
  tcpRrNs: histogramSchema,
  tcpRrUncorrectedNs: histogramSchema,
})

/** Transactions at the start of a trial that are not timed: they meet caches that another path has just used. */
const leadTransactions = 16
const probeTransactions = 16

const orderOf = ({ transactions, requestBytes, responseBytes, rateTps }: Trial): TransactionsOrder => ({
  ...{ kind: 'tcp-rr', transactions, requestBytes, responseBytes },
  ...(rateTps === undefined ? {} : { rateTps }),
})

const withLead = (order: TransactionsOrder): TransactionsOrder =>
  order.transactions > 2 * leadTransactions ? { ...order, leadTransactions } : order

export const tcpRr = {
  ...tcpLoad,
  kind: 'tcp-rr',
  schema,
  fields: {
    ...tcpFields,
    /** Time that the client's and the servers' thread spent in calls that sent or received something. */
    busyNs: nanoseconds,
  },
  isAnswered: true,
  counted: 'transactions',
  words: {
    whose: "tcp-rr's",
    what: 'transactions',
    ofTrials: 'TCP transactions of tcp-rr trials',
    lost: 'TCP transactions over open connections not answered',
    answers: {
      corrupted: 'TCP messages over open connections with other content than was sent',
      misdirected: 'TCP responses of another server than was called',
    },
  },
  text: (trial) =>
    `${trial.transactions} transactions of ${trial.requestBytes} and ${trial.responseBytes} bytes over ${trial.connections === 1 ? 'one open connection' : `${trial.connections} open connections`}${trial.rateTps === undefined ? ', one in flight on each' : `, ${trial.rateTps} a second`}${settingsText(trial)}: transactions a second and latency`,
  schedule: ({ transactions, rateTps }) =>
    rateTps === undefined ? undefined : { key: 'rateTps', count: transactions, rate: rateTps },
  settings: (trial) => ({
    packets: trial.transactions,
    requestBytes: trial.requestBytes,
    responseBytes: trial.responseBytes,
    connections: trial.connections,
    ...(trial.rateTps === undefined ? {} : { rateTps: trial.rateTps }),
    ...congestionOf(trial),
  }),
  report: ({ packets, connections: open = 1, rateTps }, { count: written }) =>
    `${written(packets)} requests for each trial over ${open === 1 ? 'one TCP connection' : `${written(open)} TCP connections`} that ${open === 1 ? 'stays' : 'stay'} open for the round, each answered by the server's thread. ${
      rateTps === undefined
        ? 'The next request on a connection follows its answer: a closed loop, in which transactions per second and latency are two sides of one thing.'
        : `Requests are due at ${written(rateTps)} a second, whatever becomes of those before; latency is counted from the time that a request was due, so that a stall shows in every one that it delayed.`
    } Latency runs from the request to the last byte of its answer. CPU time per transaction is the time that both ends spend in calls that move something: waiting is not in it.`,
  pool: (trial) => ({ connections: trial.connections, ...settingsOf(trial) }),
  order: (trial) => withLead(orderOf(trial)),
  probe: (trial) => ({ ...orderOf(trial), transactions: Math.max(probeTransactions, trial.connections) }),
  answer,
  read: (said) => ({
    ...readTransactions('tcp-rr', said, { busyNs: said.busyNs }),
    histograms: [
      ['tcpRrNs', said.tcpRrNs],
      ['tcpRrUncorrectedNs', said.tcpRrUncorrectedNs],
    ],
  }),
} as const satisfies TcpLoad<Trial, z.infer<typeof answer>>
