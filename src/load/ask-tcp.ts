/** Opens a path's TCP connections, and asks for answers over them in every way that it is to be measured. */
import { loadOf, type LoadTrial, tcpLoadOf } from '../parts/loads/loads.ts'
import { readTcpAnswer } from '../parts/loads/tcp.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import { addTraffic, noTraffic } from '../parts/traffic.ts'
import type { Asked } from './driver.ts'
import type { Generator } from './generator.ts'
import type { Connected } from './answers.ts'
import { poolOf, tcpTrials } from './tcp-pools.ts'

/** For all connections of a path together. */
export const connectTimeoutNs = 150e6
const timeoutNs = 300e6

/**
 * @param path the name of its ends
 * @param all the scenario's load, by which connections are told apart
 * @param load what of it is measured
 */
export async function askTcp(
  generator: Pick<Generator, 'connect' | 'runBlock'>,
  path: string,
  all: readonly LoadTrial[],
  load: readonly LoadTrial[],
): Promise<Asked> {
  const trials = tcpTrials(load)
  if (trials.length === 0) return { traffic: noTraffic, reason: undefined }
  const refusal = refusalOf(await generator.connect(path, connectTimeoutNs))
  if (refusal !== undefined) return { traffic: noTraffic, reason: refusal }
  const orders = trials.map((trial) => ({
    ...{ path, timeoutNs, pool: poolOf(all, trial) },
    ...tcpLoadOf(trial.kind).probe(trial),
  }))
  const answers = await generator.runBlock(orders)
  const results = answers.map((answer, index) => readTcpAnswer(tcpLoadOf(trials[index]!.kind), answer))
  const dead = results.flatMap(describe)
  return {
    traffic: results.map(({ traffic }) => traffic).reduce(addTraffic, noTraffic),
    reason: dead.length === 0 ? undefined : [...new Set(dead)].join('; '),
  }
}

function refusalOf({ wanted, established, misdirected, error }: Connected): string | undefined {
  if (misdirected > 0)
    return `${misdirected} of ${wanted} TCP connections came to another server than was called`
  const why = typeof error === 'string' ? ` (${error})` : ''
  return established === wanted
    ? undefined
    : `${established} of ${wanted} TCP connections were established${why}`
}

function describe({ kind, sent, received, died }: TrialResult): string[] {
  if (died === undefined && received === sent) return []
  const { counted } = loadOf(kind)
  const why = died === undefined ? '' : ` (${died})`
  return [
    `${received} of ${sent} ${counted} of a ${kind} trial ${counted === 'bytes' ? 'arrived' : 'were answered'}${why}`,
  ]
}
