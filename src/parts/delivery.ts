/** What both ends of a path counted of its packets. */

export interface DeliveryCounts {
  /** Packets, or requests. In a round trip requests: each has an answer, too. */
  readonly sent: number
  /** Delivered; in a round trip answered. */
  readonly received: number
  /** Never arrived; in a round trip never answered. */
  readonly lost: number
  /** Arrived with other content than was sent. */
  readonly corrupted: number
  /** Arrivals of what had arrived before. */
  readonly duplicated: number
  /** Came to another end than was called. */
  readonly misdirected: number
  /** Arrived after a later one of their flow. */
  readonly reordered: number
  /** Of how many the content was looked at, where it was not of all. */
  readonly compared?: number | undefined
  /** Of TCP: segments that both ends sent, and those of them that were sent again. */
  readonly segments?: number | undefined
  readonly retransmitted?: number | undefined
}

/** Of one kind of trial. */
export interface KindDelivery extends DeliveryCounts {
  readonly kind: string
  /** What the trial is called, where there are several of its kind. */
  readonly name?: string | undefined
}

/** Counts of nothing yet. */
export const noCounts: DeliveryCounts = {
  sent: 0,
  received: 0,
  lost: 0,
  corrupted: 0,
  duplicated: 0,
  misdirected: 0,
  reordered: 0,
}

/** What both counted together. */
export const addCounts = (a: DeliveryCounts, b: DeliveryCounts): DeliveryCounts => ({
  sent: a.sent + b.sent,
  received: a.received + b.received,
  lost: a.lost + b.lost,
  corrupted: a.corrupted + b.corrupted,
  duplicated: a.duplicated + b.duplicated,
  misdirected: a.misdirected + b.misdirected,
  reordered: a.reordered + b.reordered,
  ...sumsWhereKnown(a, b),
})

const partlyKnown = ['compared', 'segments', 'retransmitted'] as const

/** Of counts that not all have. */
const sumsWhereKnown = (a: DeliveryCounts, b: DeliveryCounts): Partial<DeliveryCounts> =>
  Object.fromEntries(
    partlyKnown
      .filter((name) => a[name] !== undefined || b[name] !== undefined)
      .map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]),
  )
