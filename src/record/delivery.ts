/** What both ends of a path counted of its packets, and the shares of them that went wrong. */
import type { Delivery, PathRecord, RunRecord } from './record.ts'

/** What can become of a packet besides its arriving once, whole, in order and where it was sent. */
export const deliveryFaults = ['lost', 'corrupted', 'duplicated', 'misdirected', 'reordered'] as const

export type DeliveryFault = (typeof deliveryFaults)[number]

/** Of how many a fault was counted: content is not looked at in every HTTP answer. */
export const countedOf = ({ sent, compared }: Delivery, fault: DeliveryFault): number =>
  fault === 'corrupted' || fault === 'misdirected' ? (compared ?? sent) : sent

const sumOf = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((sum, value = 0) => sum + value, 0)

type Trials = RunRecord['trials']

const sumsOf = (trials: Trials): Delivery[] =>
  [...Map.groupBy(trials, ({ kind }) => kind)].map(([kind, own]) => ({
    kind,
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
