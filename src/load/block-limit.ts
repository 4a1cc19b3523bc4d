/** How long the generator may take for trials. Pure. */
import { usualLimitS } from '../host/conversation.ts'
import type { TcpTrialOrder, TrialOrder } from './protocol.ts'

/** Far more than a packet takes that is lost, and waited for. */
const longestPacketS = 0.02

/** Longest that trials may take: a paced one has its schedule. */
export const blockLimitS = (trials: readonly (TrialOrder | TcpTrialOrder)[]): number =>
  trials.reduce((sum, trial) => sum + ('pool' in trial ? tcpLimitS(trial) : udpLimitS(trial)), usualLimitS)

const udpLimitS = ({ packets, ratePps }: TrialOrder): number =>
  packets * longestPacketS + (ratePps === undefined ? 0 : packets / ratePps)

/** Longer than the generator's own limits (TCP_TRIAL_NS_MAX). */
const longestTcpTrialS = 20

function tcpLimitS(order: TcpTrialOrder): number {
  if (order.kind === 'tcp-stream') return longestTcpTrialS
  const { transactions, rateTps } = order
  return (
    longestTcpTrialS + transactions * longestPacketS + (rateTps === undefined ? 0 : transactions / rateTps)
  )
}
