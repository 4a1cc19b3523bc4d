/** Packets of a path's trials. */

/** As both ends counted them. What was sent and not received may have got anywhere. */
export interface Traffic {
  readonly requestsSent: number
  readonly requestsReceived: number
  readonly repliesSent: number
  readonly repliesReceived: number
  /** Packets that came to another server than their flow's first. */
  readonly moved: number
}

export const noTraffic: Traffic = {
  requestsSent: 0,
  requestsReceived: 0,
  repliesSent: 0,
  repliesReceived: 0,
  moved: 0,
}

/** The traffic of both. */
export const addTraffic = (a: Traffic, b: Traffic): Traffic => ({
  requestsSent: a.requestsSent + b.requestsSent,
  requestsReceived: a.requestsReceived + b.requestsReceived,
  repliesSent: a.repliesSent + b.repliesSent,
  repliesReceived: a.repliesReceived + b.repliesReceived,
  moved: a.moved + b.moved,
})
