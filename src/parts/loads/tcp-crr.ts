/** TCP requests that are answered, each over a connection of its own. */
import { z } from 'zod'
import { count, nanoseconds } from '../figures.ts'
import { histogramSchema } from '../histogram-data.ts'
import { whole } from '../words.ts'
import {
  congestionOf,
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
    .literal('tcp-crr')
    .describe(
      'TCP transactions on a connection each (connect, request, response, close), one at a time: transactions a second, latency.',
    ),
  transactions: whole('1 to 20000 transactions', 1, 20_000)
    .default(100)
    .describe('Connections in a trial, each for one request and its answer.'),
  requestBytes: messageBytes('Bytes of each request.').default(64),
  responseBytes: messageBytes('Bytes of each response.').default(64),
  ...socketSettings,
})
type Trial = z.infer<typeof schema>

const answer = z.object({
  kind: z.literal('tcp-crr'),
  questionsReceived: count,
  /** Time that both ends spent in calls that moved something. */
  busyNs: nanoseconds,
  tcpCrrNs: histogramSchema,
})

/** Transactions at the start of a trial that are not timed: they meet caches that another path has just used. */
const leadTransactions = 4
const probeTransactions = 4

const orderOf = ({ transactions, requestBytes, responseBytes }: Trial): TransactionsOrder => ({
  ...{ kind: 'tcp-crr', transactions, requestBytes, responseBytes },
})

const withLead = (order: TransactionsOrder): TransactionsOrder =>
  order.transactions > 2 * leadTransactions ? { ...order, leadTransactions } : order

export const tcpCrr = {
  ...tcpLoad,
  kind: 'tcp-crr',
  schema,
  fields: { ...tcpFields, busyNs: nanoseconds },
  isAnswered: true,
  connectsEachTime: true,
  counted: 'transactions',
  words: {
    whose: "tcp-crr's",
    what: 'transactions',
    ofTrials: 'TCP transactions of tcp-crr trials',
    lost: 'TCP transactions on a connection each not answered',
    answers: {
      corrupted: 'TCP messages of short connections with other content than was sent',
      misdirected: 'short TCP connections to another server than was called',
    },
  },
  text: (trial) =>
    `${trial.transactions} transactions of ${trial.requestBytes} and ${trial.responseBytes} bytes on a connection each${settingsText(trial)}: transactions a second and latency`,
  settings: (trial) => ({
    packets: trial.transactions,
    requestBytes: trial.requestBytes,
    responseBytes: trial.responseBytes,
    ...congestionOf(trial),
  }),
  report: ({ packets }, { count: written }) =>
    `${written(packets)} connections for each trial, one after the other: connect, request, answer, close. Latency runs from the call that sends the SYN to the last byte of the answer; closing counts in the rate. The server closes first, so that what lingers (TIME_WAIT) is at its end, and the client does not run out of ports.`,
  pool: (trial) => ({ connections: 0, ...settingsOf(trial) }),
  order: (trial) => withLead(orderOf(trial)),
  probe: (trial) => ({ ...orderOf(trial), transactions: probeTransactions }),
  answer,
  read: (said) => {
    const { byServer: _byServer, ...result } = readTransactions('tcp-crr', said, { busyNs: said.busyNs })
    return { ...result, histograms: [['tcpCrrNs', said.tcpCrrNs]] }
  },
} as const satisfies TcpLoad<Trial, z.infer<typeof answer>>
