/** What both ends of a path counted of its packets, and the shares of them that went wrong. */
import { trialIdentity, trialLabel } from '../parts/loads/trial-name.ts'
import type { Delivery, PathRecord, RunRecord } from './record.ts'

/** What can become of a packet besides its arriving once, whole, in order and where it was sent. */
export const deliveryFaults = [
  'lost',
  'corrupted',
  'duplicated',
  'misdirected',
  'reordered',
  'retransmitted',
] as const

export type DeliveryFault = (typeof deliveryFaults)[number]

/** Whether a fault is counted of the segments that TCP made of what was sent. */
export const isOfSegments = ({ segments }: Pick<Delivery, 'segments'>, fault: DeliveryFault): boolean =>
  segments !== undefined && (fault === 'retransmitted' || fault === 'duplicated')

/** Of how many a fault was counted: content is not looked at in every HTTP answer. */
export function countedOf(delivery: Delivery, fault: DeliveryFault): number {
  const { sent, compared = sent, segments = sent } = delivery
  if (isOfSegments(delivery, fault)) return segments
  return fault === 'corrupted' || fault === 'misdirected' ? compared : sent
}

/** How often it was counted; nothing is sent again but by TCP. */
export const faultOf = (delivery: Delivery, fault: DeliveryFault): number => delivery[fault] ?? 0

const sumOf = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((sum, value = 0) => sum + value, 0)

/** A fault's share of what was sent, over several kinds of load: of TCP's segments for what came of these; undefined where there was none. */
export function faultRatio(deliveries: readonly Delivery[], fault: DeliveryFault): number | undefined {
  const told = deliveries.filter((one) => one[fault] !== undefined)
  const all = sumOf(told.map((one) => (isOfSegments(one, fault) ? one.segments : one.sent)))
  return all === 0 ? undefined : sumOf(deliveries.map((one) => one[fault])) / all
}

type Trials = RunRecord['trials']

const sumsOf = (trials: Trials): Delivery[] =>
  [...Map.groupBy(trials, trialLabel).values()].map((own) => ({
    ...trialIdentity(own[0]!),
    sent: sumOf(own.map(({ sent }) => sent)),
    received: sumOf(own.map(({ received }) => received)),
    lost: sumOf(own.map(({ lost }) => lost)),
    corrupted: sumOf(own.map(({ corrupted }) => corrupted)),
    duplicated: sumOf(own.map(({ duplicated }) => duplicated)),
    misdirected: sumOf(own.map(({ misdirected }) => misdirected)),
    reordered: sumOf(own.map(({ reordered }) => reordered)),
  }))

/** Sums of trials by path, kept as long as the trials are: they are thousands, and every figure asks. */
const kept = new WeakMap<Trials, ReadonlyMap<string, readonly Delivery[]>>()

function sumsByPath(trials: Trials): ReadonlyMap<string, readonly Delivery[]> {
  const known = kept.get(trials)
  if (known !== undefined) return known
  const sums = new Map([...Map.groupBy(trials, ({ path }) => path)].map(([path, own]) => [path, sumsOf(own)]))
  kept.set(trials, sums)
  return sums
}

/** By kind of trial; from the trials where the record is of a version that did not sum them up. */
export const deliveryOf = ({ trials }: RunRecord, { name, delivery }: PathRecord): readonly Delivery[] =>
  delivery ?? sumsByPath(trials).get(name) ?? []
