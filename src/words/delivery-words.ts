/** What a path lost, spoilt or reordered, in words: it stands beside whatever else is said of the path. */
import { loadOf } from '../parts/loads/loads.ts'
import {
  countedOf,
  deliveryFaults,
  type DeliveryFault,
  deliveryOf,
  faultOf,
  isOfSegments,
} from '../record/delivery.ts'
import type { Delivery, PathRecord, RunRecord } from '../record/record.ts'
import { formatCount } from './numbers.ts'

const wordsOf = (kind: Delivery['kind']) => loadOf(kind).words

const shareOf = (delivery: Delivery, fault: DeliveryFault): number =>
  faultOf(delivery, fault) / countedOf(delivery, fault)

/** Below this a share says less than a count. */
const leastShare = 1e-4

/** Two digits; more only where two would make all of what is nearly all. */
const percent = (share: number): string => {
  const rounded = Number((share * 100).toPrecision(2))
  return `${rounded === 100 && share < 1 ? (share * 100).toPrecision(4) : rounded} %`
}

/** `the flood's 3,200 packets`. */
export const sentWords = (delivery: Counted): string =>
  countWords(delivery, delivery.sent, `${wordsOf(delivery.kind).what}${inTrial(delivery)}`)

type Counted = Pick<Delivery, 'kind' | 'name' | 'sent'>

const countWords = ({ kind }: Counted, count: number, what: string): string =>
  `${wordsOf(kind).whose} ${formatCount(count)} ${what}`

/** In which of several trials of a kind. */
const inTrial = ({ name }: Counted): string => (name === undefined ? '' : ` (${name})`)

/** What a fault befalls. */
const whatOf = (delivery: Delivery, fault: DeliveryFault): string =>
  `${isOfSegments(delivery, fault) ? 'segments' : wordsOf(delivery.kind).what}${inTrial(delivery)}`

/** `0.8 % of the flood's packets`, or `3 of the flood's 3,200,000 packets`. */
const amountWords = (delivery: Delivery, fault: DeliveryFault): string => {
  const { kind } = delivery
  const share = shareOf(delivery, fault)
  return share < leastShare
    ? `${formatCount(faultOf(delivery, fault))} of ${countWords(delivery, countedOf(delivery, fault), whatOf(delivery, fault))}`
    : `${percent(share)} of ${wordsOf(kind).whose} ${whatOf(delivery, fault)}`
}

/** `a`, `a and b`, `a, b and c`. */
export const listed = (parts: readonly string[]): string =>
  [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter((part) => part !== '').join(' and ')

const allowedWords = (fault: DeliveryFault, { allows }: PathRecord): string => {
  const allowed = fault === 'lost' ? allows?.lossRatio : fault === 'reordered' ? allows?.reordered : undefined
  return allowed === undefined ? '' : ` (${percent(allowed)} allowed)`
}

/** What is sent again is made up for, and a little of it there is on any path: below this share it is in tables alone. */
const leastRetransmitted = 1e-3

const isTold = (delivery: Delivery, fault: DeliveryFault): boolean =>
  fault === 'retransmitted'
    ? shareOf(delivery, fault) >= leastRetransmitted
    : faultOf(delivery, fault) > 0 && delivery.sent > 0

/** Faults that occurred, each with the kinds of load that it occurred in. */
const faultsOf = (record: RunRecord, path: PathRecord) =>
  deliveryFaults.flatMap((fault) => {
    const own = deliveryOf(record, path).filter((one) => isTold(one, fault))
    return own.length === 0 ? [] : [{ fault, own }]
  })

/** `lost 0.8 % of the flood's packets (1 % allowed)`; undefined where every packet came whole and in order. */
export const deliveryClause = (record: RunRecord, path: PathRecord): string | undefined => {
  const parts = faultsOf(record, path).map(
    ({ fault, own }) =>
      `${fault} ${listed(own.map((one) => amountWords(one, fault)))}${allowedWords(fault, path)}`,
  )
  return parts.length === 0 ? undefined : listed(parts)
}

/** The same for the cell of a table: `lost 0.8 %`, of the kind of load that fared worst. */
export const deliveryMark = (record: RunRecord, path: PathRecord): string | undefined => {
  const parts = faultsOf(record, path).flatMap(({ fault, own }) => {
    const [worst] = own.toSorted((one, other) => shareOf(other, fault) - shareOf(one, fault))
    if (worst === undefined) return []
    const share = shareOf(worst, fault)
    return share < leastShare
      ? [`${fault} ${formatCount(faultOf(worst, fault))} of ${formatCount(countedOf(worst, fault))}`]
      : [`${fault} ${percent(share)}`]
  })
  return parts.length === 0 ? undefined : parts.join(', ')
}

const pathNamed = ({ paths }: RunRecord, name: string): PathRecord | undefined =>
  paths.find((path) => path.name === name)

/** `deliveryMark` by a path's name. */
export const markOf = (record: RunRecord, name: string): string | undefined => {
  const path = pathNamed(record, name)
  return path && deliveryMark(record, path)
}

/** A path's name with its mark, for tables and legends: `redirect (lost 0.8 %)`. */
export const markedName = (record: RunRecord, name: string): string => {
  const mark = markOf(record, name)
  return mark === undefined ? name : `${name} (${mark})`
}

/** `text` with the path's mark behind it: `+6.0 %, lost 0.8 %`. */
export const withMark = (record: RunRecord, name: string, text: string): string =>
  [text, markOf(record, name)].filter((part) => part !== undefined).join(', ')

/**
 * What the two sides of a comparison lost, to stand behind a sentence about them; empty where nothing was:
 * `, while it lost 0.8 % of the flood's packets (1 % allowed)`.
 */
export const deliveryOfBoth = (
  record: RunRecord,
  { path: name, baseline }: { readonly path: string; readonly baseline: string },
): string => {
  const clauseOf = (one: string): string | undefined => {
    const path = pathNamed(record, one)
    return path && deliveryClause(record, path)
  }
  const [own, other] = [clauseOf(name), clauseOf(baseline)]
  const parts = [
    ...(own === undefined ? [] : [`it ${own}`]),
    ...(other === undefined ? [] : [`${baseline} ${other}`]),
  ]
  return parts.length === 0 ? '' : `, while ${listed(parts)}`
}
