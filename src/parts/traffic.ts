/** Packets of a path's trials. */

/** As both ends counted them. What was sent and not received may have got anywhere. */
export interface Traffic {
  readonly requestsSent: number
  readonly requestsReceived: number
  readonly repliesSent: number
  readonly repliesReceived: number
  /** Of the requests received, so many fewer may the kernel have counted: it carries several as one. */
  readonly merged: number
  /** Of the requests received, those that no stack of a server has seen, by server: a sink took them before it. */
  readonly taken: readonly number[]
  /** Packets that came to another server than their flow's first. */
  readonly moved: number
  /** Packets of TCP, which the kernel makes and may merge: bounds by what either end's sockets counted. */
  readonly tcp: { readonly requests: PacketRange; readonly replies: PacketRange }
}

export interface PacketRange {
  readonly least: number
  readonly most: number
}

const none: PacketRange = { least: 0, most: 0 }

export const noTraffic: Traffic = {
  requestsSent: 0,
  requestsReceived: 0,
  repliesSent: 0,
  repliesReceived: 0,
  merged: 0,
  taken: [],
  moved: 0,
  tcp: { requests: none, replies: none },
}

/** The bounds of both together. */
export const addRanges = (a: PacketRange, b: PacketRange): PacketRange => ({
  least: a.least + b.least,
  most: a.most + b.most,
})

const addLists = (a: readonly number[], b: readonly number[]): readonly number[] =>
  (a.length < b.length ? b : a).map((_, index) => (a[index] ?? 0) + (b[index] ?? 0))

/** The traffic of both. */
export const addTraffic = (a: Traffic, b: Traffic): Traffic => ({
  requestsSent: a.requestsSent + b.requestsSent,
  requestsReceived: a.requestsReceived + b.requestsReceived,
  repliesSent: a.repliesSent + b.repliesSent,
  repliesReceived: a.repliesReceived + b.repliesReceived,
  merged: a.merged + b.merged,
  taken: addLists(a.taken, b.taken),
  moved: a.moved + b.moved,
  tcp: {
    requests: addRanges(a.tcp.requests, b.tcp.requests),
    replies: addRanges(a.tcp.replies, b.tcp.replies),
  },
})
