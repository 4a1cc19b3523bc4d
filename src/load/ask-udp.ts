/** Asks a path for answers to UDP packets of every size and kind that it is to be measured with. */
import { loadOf, type LoadTrial, udpLoadOf, udpOrderOf } from '../parts/loads/loads.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import { pingpong } from '../parts/loads/pingpong.ts'
import { readAnswer, type UdpLoad } from '../parts/loads/udp.ts'
import { addTraffic, noTraffic } from '../parts/traffic.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Asked } from './driver.ts'
import type { Generator } from './generator.ts'
import type { TrialOrder } from './protocol.ts'

const probePackets = 32
const leastProbePps = 1000
const timeoutNs = 40e6
const quietNs = 20e6

/** One thing asked for. */
interface Question {
  readonly load: UdpLoad<LoadTrial>
  readonly order: Omit<TrialOrder, 'path'>
}

/** And what came of it. */
interface Reply extends Question {
  readonly sendError: string | undefined
  readonly result: TrialResult
}

/**
 * A path that may lose has to answer something, any other all.
 *
 * @param ends what its sockets are called
 */
export async function askUdp(
  generator: Pick<Generator, 'runBlock'>,
  path: ScenarioPath,
  ends: string,
  load: readonly LoadTrial[],
): Promise<Asked> {
  const asked = await askAll(generator, path, ends, questionsFor(load))
  if (asked.reason !== undefined) return asked
  const summed = await askAll(generator, path, ends, sizesOf(load).map(summedQuestion))
  return { ...summed, traffic: addTraffic(asked.traffic, summed.traffic) }
}

async function askAll(
  generator: Pick<Generator, 'runBlock'>,
  path: ScenarioPath,
  ends: string,
  questions: readonly Question[],
): Promise<Asked> {
  if (questions.length === 0) return { traffic: noTraffic, reason: undefined, sizes: [] }
  const answers = await generator.runBlock(questions.map(({ order }) => ({ path: ends, ...order })))
  const replies = answers.map((answer, index): Reply => {
    const question = questions[index]!
    return { ...question, sendError: answer.sendError, result: readAnswer(question.load, answer) }
  })
  const dead = replies.filter((reply) => !isAnswered(reply, path))
  return {
    traffic: replies.map(({ result }) => result.traffic).reduce(addTraffic, noTraffic),
    reason: dead.length === 0 ? undefined : [...new Set(dead.map(describe))].join('; '),
    sizes: replies
      .filter(({ load: { isAnswered: isRoundTrip } }) => isRoundTrip)
      .map(({ order: { payloadBytes }, result: { sent, delivery } }) => ({
        ...{ payloadBytes, sent },
        answered: delivery.received,
      })),
  }
}

const ordersOf = (load: readonly LoadTrial[]) =>
  load
    .filter(({ kind }) => loadOf(kind).driver === 'udpgen')
    .map((trial) => ({ load: udpLoadOf(trial.kind), order: udpOrderOf(trial) }))

const sizesOf = (load: readonly LoadTrial[]): number[] => [
  ...new Set(ordersOf(load).map(({ order }) => order.payloadBytes)),
]

const roundTrips = (payloadBytes: number): Question => ({
  load: pingpong,
  order: { kind: 'pingpong', payloadBytes, packets: probePackets, timeoutNs, quietNs },
})

/**
 * A checksum that the path spoils is made good by nobody here: what is left to devices is computed by none on a way
 * of veth pairs, and verified by none.
 */
const summedQuestion = (payloadBytes: number): Question => {
  const { load, order } = roundTrips(payloadBytes)
  return { load, order: { ...order, isSummed: true } }
}

/** Whether packets arrive shows at any rate: a slow one would be waited for. */
const quickened = ({ ratePps }: Pick<TrialOrder, 'ratePps'>) =>
  ratePps === undefined ? {} : { ratePps: Math.max(ratePps, leastProbePps) }

/** A round trip of each size, then each kind that goes one way. */
function questionsFor(load: readonly LoadTrial[]): Question[] {
  return [
    ...sizesOf(load).map(roundTrips),
    ...ordersOf(load)
      .filter(({ load: { isAnswered: isRoundTrip } }) => !isRoundTrip)
      .map(({ load: one, order }) => ({
        load: one,
        order: { ...order, packets: probePackets, quietNs, ...quickened(order) },
      })),
  ]
}

const isAnswered = ({ result: { delivery } }: Reply, { allows }: ScenarioPath): boolean =>
  (allows.lossRatio ?? 0) > 0 ? delivery.received > 0 : delivery.received >= probePackets

function describe({ load, order, sendError, result: { sent, delivery } }: Reply): string {
  // As netfilter does it, or a route that there is not.
  if (sent === 0 && sendError !== undefined) return `the client's kernel accepted no packet (${sendError})`
  const came = load.isAnswered
    ? `${delivery.received} of ${sent} requests${order.isSummed === true ? ' with their checksum in them, as over a wire,' : ''} were answered`
    : `${delivery.received} of ${sent} packets of a ${load.kind} trial arrived`
  const spoilt = [
    [delivery.corrupted, 'came spoilt'],
    [delivery.misdirected, 'came to another end than was called'],
  ] as const
  return [came, ...spoilt.flatMap(([count = 0, how]) => (count > 0 ? [`${count} ${how}`] : []))].join(', ')
}
